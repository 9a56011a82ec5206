using System.Collections.Concurrent;
using Cloud.Core.Catalog;
using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Generic;

/// <summary>
/// Answers every command that has no life cycle, from its catalog entry alone: what it creates is kept and listed, what it
/// updates is changed, what it deletes is gone.
/// </summary>
internal sealed class GenericCommands
{
    private readonly CloudState _state;
    private readonly GenericNouns _nouns;
    private readonly ConcurrentDictionary<string, CommandHandler> _handlers = new(StringComparer.Ordinal);

    public GenericCommands(CloudState state)
    {
        _state = state;
        _nouns = new GenericNouns(state);
    }

    public CommandHandler HandlerFor(CommandSpec command) => _handlers.GetOrAdd(command.Name, _ => Plan(command));

    private CommandHandler Plan(CommandSpec command)
    {
        if (!command.Mutates && !command.IsAsync)
        {
            return new CommandHandler(command.IsList ? List : Show, null, Reads: true);
        }

        var change = Change(command);
        return command.IsAsync
            ? new CommandHandler(null, call => Begin(call, change), Reads: false)
            : new CommandHandler(change, null, Reads: false);
    }

    private Func<CommandCall, Answer> Change(CommandSpec command)
    {
        var target = GenericNouns.TargetOf(command);
        return Words.Verb(command.Name) switch
        {
            "delete" or "remove" or "destroy" or "expunge" or "purge" or "unregister" or "disassociate" => call => Delete(call, target),
            _ when target is { Type: ParameterType.List } => call => UpdateAll(call, target),
            _ when target is not null => call => Update(call, target),
            _ when _nouns.CreatedBy(command) is { } className => call => Create(call, className),
            _ => Acknowledge,
        };
    }

    /// <summary>The change is made when the job's time is up, except that a new object's identifier stands in the ticket.</summary>
    private Work Begin(CommandCall call, Func<CommandCall, Answer> change)
    {
        if (!call.Command.CreatesEntity)
        {
            // A missing or unknown target is refused at once, not by the job.
            var target = GenericNouns.TargetOf(call.Command) is { Type: ParameterType.Uuid } parameter
                ? call.Target(RawArguments.Lower(parameter.Name))
                : null;
            return new Work(target, () => change(call));
        }

        var created = change(call);
        var subject = (created as SingleAnswer)?.Entity ?? _nouns.LastCreated(call);
        return new Work(subject, () => created);
    }

    private static Answer List(CommandCall call) => Listing.Of(call, ResultClass.Stored(call.Command.Result));

    private Answer Show(CommandCall call)
    {
        var target = GenericNouns.TargetOf(call.Command) is { Type: ParameterType.Uuid } parameter
            ? call.Find(RawArguments.Lower(parameter.Name))
            : null;
        if (call.Command.Envelope.Shape == AnswerShape.Success)
        {
            return Answer.Done;
        }

        if (target is not null && call.State.Schema.Find(call.Command.Result) == target.Class)
        {
            return Answer.Of(target);
        }

        return Answer.Of(Portrait(call, target));
    }

    private static Answer Create(CommandCall call, string className)
    {
        var entity = call.New(className);
        GenericFields.Fill(call, entity);
        if (GenericFields.HasOwner(entity.Class))
        {
            call.NewOwner().Claim(entity);
        }

        call.State.Store.Add(entity);
        return AsAnswer(call, entity);
    }

    private static Answer UpdateAll(CommandCall call, ParameterSpec parameter)
    {
        foreach (var entity in call.FindAll(RawArguments.Lower(parameter.Name)))
        {
            GenericFields.Change(call, entity);
        }

        return Acknowledge(call);
    }

    private Answer Update(CommandCall call, ParameterSpec parameter)
    {
        var target = call.Target(RawArguments.Lower(parameter.Name));
        if (call.Command.Result == target.Class.Name || call.Command.Envelope.Shape == AnswerShape.Success
            || _nouns.CreatedBy(call.Command) is not { } className)
        {
            GenericFields.Change(call, target);
            return call.Command.Result == target.Class.Name ? Answer.Of(target) : AsAnswer(call, target);
        }

        // What the command sets up hangs on the target, and is set up once: a host's power management, a network's peers.
        var attached = _nouns.AttachedTo(target, parameter, className);
        if (attached is null)
        {
            return Create(call, className);
        }

        GenericFields.Change(call, attached);
        return Answer.Of(attached);
    }

    private Answer Delete(CommandCall call, ParameterSpec? parameter)
    {
        foreach (var entity in _nouns.Doomed(call, parameter))
        {
            _state.Store.Remove(entity);
        }

        return Acknowledge(call);
    }

    /// <summary>Success, or a picture of what was asked where the catalog wants an object.</summary>
    private static Answer Acknowledge(CommandCall call) => call.Command.Envelope.Shape switch
    {
        AnswerShape.Success => Answer.Done,
        AnswerShape.List => Answer.List([]),
        _ => Answer.Of(Portrait(call, null)),
    };

    private static Answer AsAnswer(CommandCall call, Entity entity) => call.Command.Envelope.Shape switch
    {
        AnswerShape.Success => Answer.Done,
        _ when call.State.Schema.Find(call.Command.Result) == entity.Class => Answer.Of(entity),
        _ => Answer.Of(Portrait(call, entity)),
    };

    /// <summary>An object of the command's result class that shows its target and its arguments, and is kept nowhere.</summary>
    private static Entity Portrait(CommandCall call, Entity? target)
    {
        var entity = call.New(call.Command.Result, target?.Id);
        GenericFields.Copy(target, entity);
        GenericFields.Fill(call, entity);
        return entity;
    }
}
