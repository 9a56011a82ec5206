using Cloud.Core.Catalog;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Generic;

/// <summary>Finds out from the catalog what a command without a life cycle acts on.</summary>
internal sealed class GenericNouns(CloudState state)
{
    private readonly Lazy<HashSet<string>> _listed = new(() =>
        [.. state.Catalog.Commands.Where(command => command.IsList && !command.Mutates).Select(command => command.Result)]);

    /// <summary>The parameter that names the object acted on, or null where the command makes one or acts on none.</summary>
    public static ParameterSpec? TargetOf(CommandSpec command)
    {
        var noun = Words.Noun(command.Name);
        var candidates = command.Parameters.Where(IsIdentifier).ToList();
        return candidates.Find(p => p.Name is "id")
            ?? candidates.Find(p => p.Name is "ids")
            ?? (command.Name.StartsWith("create", StringComparison.Ordinal) || command.Name.StartsWith("add", StringComparison.Ordinal)
                ? candidates.Find(p => p.Required && p.Entity == command.Result)
                : candidates.Find(p => p.Required && p.Entity == command.Result)
                    ?? candidates.Find(p => p.Required && p.Entity!.StartsWith(noun, StringComparison.OrdinalIgnoreCase))
                    ?? candidates.Find(p => p.Required && !IsDeletion(command)));
    }

    /// <summary>The class of the object that a command makes, or null where it makes none that could be listed.</summary>
    public string? CreatedBy(CommandSpec command)
    {
        if (command.Result != ResultClass.Success && _listed.Value.Contains(command.Result))
        {
            return command.Result;
        }

        var byNoun = Words.Noun(command.Name) + "Response";
        return command.CreatesEntity || (command.Result == ResultClass.Success && command.Name.StartsWith("create", StringComparison.Ordinal))
            ? state.Schema.Find(command.Result == ResultClass.Success ? byNoun : command.Result)?.Name
            : null;
    }

    /// <summary>The newest object of the class that the command makes.</summary>
    public Entity? LastCreated(CommandCall call) =>
        CreatedBy(call.Command) is { } className ? call.State.Table(className).LastOrDefault() : null;

    /// <summary>The object of a class that hangs on another, by the field that names it.</summary>
    public Entity? AttachedTo(Entity target, ParameterSpec parameter, string className) =>
        state.Table(className) is var table && table.Class.Has(parameter.Name)
            ? table.FirstOrDefault(entity => entity.Text(parameter.Name) == target.Id)
            : null;

    /// <summary>What a deletion removes.</summary>
    /// <exception cref="ApiError">The arguments match nothing of a class that the cloud knows.</exception>
    public IReadOnlyList<Entity> Doomed(CommandCall call, ParameterSpec? parameter)
    {
        if (parameter is { Type: ParameterType.Uuid })
        {
            return call.Find(RawArguments.Lower(parameter.Name)) is { } one ? [one] : [];
        }

        if (parameter is not null && call.Texts(RawArguments.Lower(parameter.Name)) is { Count: > 0 })
        {
            return call.FindAll(RawArguments.Lower(parameter.Name));
        }

        var table = state.Table(ClassOfNoun(call.Command) ?? ResultClass.Success);
        var known = call.Arguments.Where(argument => table.Class.Has(argument.Key)).ToList();
        if (known.Count == 0 || table.Count == 0)
        {
            return [];
        }

        var matches = table.Where(entity => call.Caller.MaySee(entity)
            && known.TrueForAll(argument => entity.Text(argument.Key) == FieldValue.TextOf(argument.Value))).ToList();
        return matches.Count > 0
            ? matches
            : throw ApiError.Refused($"Unable to find the object that {call.Command.Name} is to act on.");
    }

    private string? ClassOfNoun(CommandSpec command)
    {
        var noun = Words.Noun(command.Name);
        return state.Catalog.ResultClasses.FirstOrDefault(c => c.Equals(noun + "Response", StringComparison.OrdinalIgnoreCase))
            ?? state.Catalog.ResultClasses.FirstOrDefault(c => c.Equals(noun + "sResponse", StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsIdentifier(ParameterSpec parameter) =>
        parameter.Entity is not null
        && (parameter.Type == ParameterType.Uuid || parameter is { Type: ParameterType.List, ItemType: ParameterType.Uuid, Name: "ids" });

    private static bool IsDeletion(CommandSpec command) => Words.Verb(command.Name) is
        "delete" or "remove" or "destroy" or "expunge" or "purge" or "unregister" or "disassociate";
}
