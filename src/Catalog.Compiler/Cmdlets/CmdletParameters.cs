using Cloud.Core.Catalog;

namespace Catalog.Compiler.Cmdlets;

/// <summary>The rules that turn a command's API parameters into a cmdlet's.</summary>
/// <remarks>
/// What may come from the pipeline is kept narrow, because a property that binds by chance acts on something nobody named.
/// An identifier takes a whole object of its own model and never a property. A read takes objects of every model that
/// narrows it, and a list an account too, as its name and its domain; anything else takes its target and the identifiers it
/// can't do without. Where several identifiers have one model, the object goes to the target, else to the one called after
/// the model, else nowhere. Plain mandatory values bind by
/// property only where nothing can be stopped or lost, and only beside a target that is mandatory itself.
/// </remarks>
/// <param name="types">The rule for types.</param>
internal sealed class CmdletParameters(ParameterTypes types)
{
    private const string Account = "Account";
    private const string Domain = "Domain";

    private static readonly HashSet<string> Paging = new(StringComparer.OrdinalIgnoreCase) { "page", "pagesize" };

    /// <summary>Gives a cmdlet's parameters: target first, then mandatory ones, then the rest by name.</summary>
    /// <param name="command">A command with a cmdlet.</param>
    /// <exception cref="InvalidOperationException">A label is taken by PowerShell or by our base classes.</exception>
    public IReadOnlyList<CmdletParameter> Of(CommandSpec command)
    {
        var target = Target(command);
        var taking = TakingObjects(command, target);
        return [.. command.Parameters
            .Where(parameter => !(command.IsPaged && Paging.Contains(parameter.Name)))
            .Select(parameter => Make(command, parameter, target, taking))
            .OrderBy(parameter => parameter.Position ?? int.MaxValue)
            .ThenByDescending(parameter => parameter.Spec.Required)
            .ThenBy(parameter => parameter.Name, StringComparer.Ordinal)];
    }

    private CmdletParameter Make(CommandSpec command, ParameterSpec parameter, ParameterSpec? target, HashSet<ParameterSpec> taking)
    {
        if (ReservedParameters.Contains(parameter.Label))
        {
            throw new InvalidOperationException(
                $"{command.Name}: the label {parameter.Label} of {parameter.Name} is taken; give this command's parameter another.");
        }

        var isAccount = IsAccount(command, parameter) && !taking.Any(other => types.ModelOf(other) == Account);
        var (type, isValueType) = isAccount ? ("AccountReference", false) : types.Of(parameter);

        // An object of any class says by itself what it is.
        var isTold = command.Parameters.Any(other => other.KindFrom == parameter.Name);
        var takesAny = parameter.KindFrom is not null && !command.IsRead && taking.Count == 0;
        var bindsProperty = command.Effect.Effect <= Effect.Change && !command.IsList && parameter.Required
            && (target?.Required ?? true) && (isValueType || type == "string");
        return new CmdletParameter(
            parameter,
            type,
            isValueType,
            parameter == target ? 0 : null,
            FromPipeline: taking.Contains(parameter) || takesAny || isAccount,
            FromProperty: bindsProperty && !isTold)
        {
            IsMandatory = parameter.Required && !isTold,
        };
    }

    // A list narrows to an account by its name and, beside it, its domain.
    private bool IsAccount(CommandSpec command, ParameterSpec parameter) =>
        command is { IsList: true, IsRead: true } && parameter is { Name: "account", Type: ParameterType.String, Sensitive: false }
        && command.FindParameter("domainid") is { } domain && types.ModelOf(domain) == Domain;

    private HashSet<ParameterSpec> TakingObjects(CommandSpec command, ParameterSpec? target) =>
    [
        .. command.Parameters
            .Where(parameter => command.IsRead || parameter == target || parameter.Required)
            .Select(parameter => (Parameter: parameter, Model: types.ModelOf(parameter)))
            .Where(pair => pair.Model is not null)
            .GroupBy(pair => pair.Model!, pair => pair.Parameter, StringComparer.Ordinal)
            .Select(group => group.FirstOrDefault(parameter => parameter == target)
                ?? (group.Count() == 1 ? group.First() : group.FirstOrDefault(parameter => parameter.Label == group.Key + "Id")))
            .OfType<ParameterSpec>(),
    ];

    /// <summary>Finds what a command acts on: <c>id</c>, else the one object it cannot do without.</summary>
    private static ParameterSpec? Target(CommandSpec command)
    {
        if (command.Parameters.FirstOrDefault(p => p is { Name: "id", Type: ParameterType.Uuid or ParameterType.String }) is { } id)
        {
            return id;
        }

        if (command.IsList)
        {
            return command.Parameters.FirstOrDefault(p => p.Name == "name");
        }

        var needed = command.Parameters.Where(p => p is { Required: true, Type: ParameterType.Uuid, Entity: not null }).ToList();
        var noun = command.Cmdlet![(command.Cmdlet!.IndexOf("-Cs", StringComparison.Ordinal) + 3)..];
        return needed.Count == 1
            ? needed[0]
            : needed.Where(p => noun.StartsWith(p.Label[..^2], StringComparison.Ordinal)).MaxBy(p => p.Label.Length);
    }
}
