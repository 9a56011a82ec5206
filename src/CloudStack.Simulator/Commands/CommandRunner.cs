using System.Globalization;
using Cloud.Core.Catalog;
using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Generic;
using CloudStack.Simulator.Identity;
using CloudStack.Simulator.Lifecycles.Access;
using CloudStack.Simulator.Lifecycles.Operations;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.State;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Commands;

/// <summary>
/// Carries commands out under one lock: many readers or one writer. Whatever the clock has made due happens first.
/// </summary>
internal sealed class CommandRunner(CloudState state, ChangeHistory history) : IDisposable
{
    private static readonly Dictionary<string, string> NoParameters = [];

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

    /// <summary>Changes the cloud while nobody else looks. A state file doesn't keep the change.</summary>
    public T Writing<T>(Func<T> write) => Writing(null, write);

    /// <summary>Lets jobs and downloads come to their end whose time is up.</summary>
    public void CatchUp()
    {
        if (state.Timeline.IsDue(state.Clock.GetUtcNow()))
        {
            Writing(() => true);
        }
    }

    /// <summary>Carries a command out.</summary>
    /// <param name="exchange">The request; its command and caller are known.</param>
    /// <returns>The answer as JSON; it's the caller's to dispose.</returns>
    /// <exception cref="ApiError">The command is refused, and the cloud is as before, or it failed inside (530).</exception>
    public PooledBuffer Run(Exchange exchange)
    {
        var parameters = exchange.Parameters!.OfCommand;
        var order = Prepare(exchange.Command!, exchange.Caller!, parameters);
        if (order.Handler.Reads)
        {
            return Reading(() => Write(order));
        }

        var before = state.Store.Version;
        try
        {
            var answer = Writing(() => Describe(order.Call.Command.Name, exchange.Caller!.User.Id, parameters), () => Change(order));
            if (order.Call.Afterwards is not { } afterwards)
            {
                return answer;
            }

            answer.Dispose();
            return Write(order.Call, afterwards(), Paging.Everything);
        }
        finally
        {
            exchange.ChangedState = state.Store.Version != before;
        }
    }

    /// <summary>Restarts the management server.</summary>
    public void Restart() => Writing(() => Describe(State.Change.Restart, null, NoParameters), () =>
    {
        state.Jobs.LosePending();
        state.Sessions.CloseAll();
        return true;
    });

    /// <summary>Lets a user prove a second factor.</summary>
    public Answer Prove(Entity user, Func<Answer> take) => Writing(() => Describe(State.Change.Proof, user.Id, NoParameters), take);

    /// <summary>The identifier of some object of a class.</summary>
    public string Sample(string resultClass) => Writing(
        () => Describe(State.Change.Sample, null, new Dictionary<string, string> { ["class"] = resultClass }),
        () => Samples.IdOf(state, resultClass));

    /// <summary>Gives out or takes in a file beside the API.</summary>
    public SimulatedResponse Exchange(SimulatedRequest request)
    {
        if (request.Method != "POST")
        {
            return Reading(() => state.Files.Answer(request));
        }

        SimulatedResponse? answer = null;
        return Writing(() => answer is { Status: 200 } ? Describe(State.Change.Upload, null, Upload(request)) : null, () => answer = state.Files.Answer(request));
    }

    /// <summary>Makes a kept change again.</summary>
    public void Again(Change change)
    {
        switch (change.Command)
        {
            case State.Change.Restart:
                state.Jobs.LosePending();
                break;
            case State.Change.Sample:
                Samples.IdOf(state, change.Parameters["class"]);
                break;
            case State.Change.Proof:
                SecondFactor.Prove(state.Store.Find(ResultClass.User, change.UserId!)!);
                break;
            case State.Change.Upload:
                state.Files.Arrive(change.Parameters["path"], long.Parse(change.Parameters["bytes"], CultureInfo.InvariantCulture));
                break;
            default:
                var user = state.Store.Find(ResultClass.User, change.UserId) ?? throw ApiError.NotVerified();
                var command = state.Catalog.FindCommand(change.Command) ?? throw ApiError.NotVerified();
                Change(Prepare(command, new Caller(user), change.Parameters)).Dispose();
                break;
        }
    }

    public void Dispose() => _lock.Dispose();

    private T Writing<T>(Func<Change?>? describe, Func<T> write)
    {
        var result = default(T);
        _lock.EnterWriteLock();
        try
        {
            history.Make(describe, () => result = write());
        }
        finally
        {
            _lock.ExitWriteLock();
        }

        return result!;
    }

    private static Dictionary<string, string> Upload(SimulatedRequest request) => new()
    {
        ["path"] = request.Path,
        ["bytes"] = (MultipartFile.Find(request)?.Length ?? 0).ToString(CultureInfo.InvariantCulture),
    };

    private static Change Describe(string command, string? userId, IReadOnlyDictionary<string, string> parameters) =>
        new(0, default, command, userId, parameters, []);

    private Order Prepare(CommandSpec command, Caller caller, IReadOnlyDictionary<string, string> parameters)
    {
        var raw = new RawArguments(parameters);
        var arguments = ArgumentBinder.Bind(command, caller, raw);
        var paging = command.IsPaged ? Paging.Read(command.Name, raw, state.Options.PageSize) : Paging.Everything;
        return new Order(
            new CommandCall(command, caller, state, arguments),
            state.Commands.Find(command.Name) ?? _generic.HandlerFor(command), paging, raw.Text("customjobid"));
    }

    private PooledBuffer Write(Order order)
    {
        ArgumentBinder.DemandEntities(order.Call, order.Handler.LooksUp);
        ProjectAccess.Demand(order.Call);
        return Write(order.Call, ResourceIcons.Shown(order.Call, order.Handler.Answer!(order.Call)), order.Paging);
    }

    private PooledBuffer Change(Order order)
    {
        var call = order.Call;
        ArgumentBinder.DemandEntities(call, order.Handler.LooksUp);
        ProjectAccess.Demand(call);
        if (order.Handler.Begin is { } begin)
        {
            ManagementServers.DemandJobs(state);
            var work = begin(call);
            var job = state.Jobs.Submit(call.Command, call.Caller, work, order.ChosenJobId);
            return Write(call, new TicketAnswer(job.Record.Id, call.Command.CreatesEntity ? work.Subject?.Id : null), Paging.Everything);
        }

        // Looked up before, because a deletion leaves nothing to look up.
        var target = call.Text("id") is { } id ? state.Store.Find(id) : null;
        var answer = order.Handler.Answer!(call);
        state.Events.Write(call.Command, call.Caller, target ?? (answer as SingleAnswer)?.Entity);
        return Write(call, answer, Paging.Everything);
    }

    private PooledBuffer Write(CommandCall call, Answer answer, Paging paging) =>
        _envelope.WritePooled(call.Command, answer, paging, isFull: call.Caller.IsRoot);

    private sealed record Order(CommandCall Call, CommandHandler Handler, Paging Paging, string? ChosenJobId);
}
