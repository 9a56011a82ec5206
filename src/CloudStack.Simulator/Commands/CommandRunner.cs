using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Generic;
using CloudStack.Simulator.Protocol;

namespace CloudStack.Simulator.Commands;

/// <summary>
/// Carries commands out under one lock: many readers or one writer. Whatever the clock has made due happens first.
/// </summary>
internal sealed class CommandRunner(CloudState state) : IDisposable
{
    private readonly ReaderWriterLockSlim _lock = new();
    private readonly GenericCommands _generic = new(state);
    private readonly Envelope _envelope = new(state.Schema);

    /// <summary>Reads the cloud while nobody changes it.</summary>
    public T Reading<T>(Func<T> read)
    {
        _lock.EnterReadLock();
        try
        {
            return read();
        }
        finally
        {
            _lock.ExitReadLock();
        }
    }

    /// <summary>Changes the cloud while nobody else looks.</summary>
    public T Writing<T>(Func<T> write)
    {
        _lock.EnterWriteLock();
        try
        {
            return write();
        }
        finally
        {
            _lock.ExitWriteLock();
        }
    }

    /// <summary>Lets jobs and downloads come to their end whose time is up.</summary>
    public void CatchUp()
    {
        if (state.Timeline.IsDue(state.Clock.GetUtcNow()))
        {
            Writing(() =>
            {
                state.Timeline.RunDue(state.Clock.GetUtcNow());
                return true;
            });
        }
    }

    /// <summary>Carries a command out.</summary>
    /// <param name="exchange">The request; its command and caller are known.</param>
    /// <returns>The answer as JSON.</returns>
    /// <exception cref="ApiError">The command is refused, and the cloud is as before, or it failed inside (530).</exception>
    public ReadOnlyMemory<byte> Run(Exchange exchange)
    {
        var command = exchange.Command!;
        var caller = exchange.Caller!;
        var raw = new RawArguments(exchange.Parameters!);
        var arguments = ArgumentBinder.Bind(command, caller, raw);
        var paging = command.IsPaged ? Paging.Read(command.Name, raw, state.Options.PageSize) : Paging.Everything;
        var call = new CommandCall(command, caller, state, arguments);
        var handler = state.Commands.Find(command.Name) ?? _generic.HandlerFor(command);
        return handler.Reads
            ? Reading(() => Write(call, handler.Answer!, paging))
            : Writing(() => Change(call, handler, exchange, raw));
    }

    public void Dispose() => _lock.Dispose();

    private ReadOnlyMemory<byte> Write(CommandCall call, Func<CommandCall, Answer> handler, Paging paging)
    {
        ArgumentBinder.DemandEntities(call);
        return _envelope.Write(call.Command, handler(call), paging);
    }

    private ReadOnlyMemory<byte> Change(CommandCall call, CommandHandler handler, Exchange exchange, RawArguments raw)
    {
        var before = state.Store.Version;
        try
        {
            if (handler.Begin is null)
            {
                ArgumentBinder.DemandEntities(call);
                // Looked up before, because a deletion leaves nothing to look up.
                var target = call.Text("id") is { } id ? state.Store.Find(id) : null;
                var answer = handler.Answer!(call);
                state.Events.Write(call.Command, call.Caller, target ?? (answer as SingleAnswer)?.Entity);
                return _envelope.Write(call.Command, answer, Paging.Everything);
            }

            return _envelope.Write(call.Command, Start(call, handler, raw), Paging.Everything);
        }
        finally
        {
            exchange.ChangedState = state.Store.Version != before;
        }
    }

    private TicketAnswer Start(CommandCall call, CommandHandler handler, RawArguments raw)
    {
        ArgumentBinder.DemandEntities(call);
        var work = handler.Begin!(call);
        var job = state.Jobs.Submit(call.Command, call.Caller, work, raw.Text("customjobid"));
        return new TicketAnswer(job.Record.Id, call.Command.CreatesEntity ? work.Subject?.Id : null);
    }
}
