using Cloud.Core.Catalog;

namespace Catalog.Compiler.Cmdlets;

/// <summary>The rules that turn a command's API parameters into a cmdlet's.</summary>
/// <remarks>
/// What may come from the pipeline is kept narrow, because a property that binds by chance changes something nobody named:
/// a whole object binds to the command's target only, a property to the target and to what is mandatory. Reads are harmless:
/// there every identifier that narrows the list binds by property, and the list's own identifier by object only.
/// </remarks>
/// <param name="types">The rule for types.</param>
internal sealed class CmdletParameters(ParameterTypes types)
{
    private static readonly HashSet<string> Paging = new(StringComparer.OrdinalIgnoreCase) { "page", "pagesize" };
    private static readonly HashSet<string> Scope = new(StringComparer.OrdinalIgnoreCase) { "domainid", "projectid", "accountid", "userid" };

    /// <summary>Gives a cmdlet's parameters: target first, then mandatory ones, then the rest by name.</summary>
    /// <param name="command">A command with a cmdlet.</param>
    /// <exception cref="InvalidOperationException">A label is taken by PowerShell or by our base classes.</exception>
    public IReadOnlyList<CmdletParameter> Of(CommandSpec command)
    {
        var target = Target(command);
        return [.. command.Parameters
            .Where(parameter => !(command.IsPaged && Paging.Contains(parameter.Name)))
            .Select(parameter => Make(command, parameter, parameter == target))
            .OrderBy(parameter => parameter.Position ?? int.MaxValue)
            .ThenByDescending(parameter => parameter.Spec.Required)
            .ThenBy(parameter => parameter.Name, StringComparer.Ordinal)];
    }

    private CmdletParameter Make(CommandSpec command, ParameterSpec parameter, bool isTarget)
    {
        if (ReservedParameters.Contains(parameter.Label))
        {
            throw new InvalidOperationException(
                $"{command.Name}: the label {parameter.Label} of {parameter.Name} is taken; give this command's parameter another.");
        }

        var (type, isValueType) = types.Of(parameter);
        var isIdentity = type.StartsWith("Identity<", StringComparison.Ordinal) && !type.EndsWith("[]", StringComparison.Ordinal);
        return new CmdletParameter(
            parameter,
            type,
            isValueType,
            isTarget ? 0 : null,
            FromPipeline: isTarget && (isIdentity || type == "string"),
            FromProperty: command.IsRead && command.IsList
                ? isIdentity && !isTarget && !Scope.Contains(parameter.Name)
                : (isTarget || parameter.Required) && (isIdentity || isValueType || type == "string"));
    }

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
