using Cloud.Core.Catalog;
using CloudStack.Simulator.Identity;
using CloudStack.Simulator.Protocol;

namespace CloudStack.Simulator.Commands;

/// <summary>
/// Turns raw parameters into a command's arguments. Names the command doesn't have are ignored, and so are parameters that
/// the caller's role may not pass, as on the server.
/// </summary>
internal static class ArgumentBinder
{
    /// <exception cref="ApiError">An argument is missing or can't be read.</exception>
    public static Dictionary<string, object> Bind(CommandSpec command, Caller caller, RawArguments raw)
    {
        var arguments = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var parameter in command.Parameters)
        {
            if (parameter.AdminOnly && !caller.IsRoot)
            {
                continue;
            }

            if (ArgumentReader.Read(command.Name, parameter, raw) is { } value)
            {
                arguments[RawArguments.Lower(parameter.Name)] = value;
            }
        }

        return arguments;
    }

    /// <summary>Refuses identifiers that name nothing, before the command looks at anything.</summary>
    /// <param name="call">The call.</param>
    /// <param name="except">The identifier that the command looks up itself, or null.</param>
    /// <exception cref="ApiError">There is no such object.</exception>
    public static void DemandEntities(CommandCall call, string? except)
    {
        foreach (var parameter in call.Command.Parameters)
        {
            if (parameter.Entity is not { } entity || parameter.Name == except
                || !call.Arguments.TryGetValue(RawArguments.Lower(parameter.Name), out var value))
            {
                continue;
            }

            if (parameter.Type == ParameterType.Uuid && value is string id && id != "-1")
            {
                Demand(call, parameter, entity, id);
            }
            else if (parameter is { Type: ParameterType.List, ItemType: ParameterType.Uuid } && value is IReadOnlyList<string> ids)
            {
                foreach (var item in ids)
                {
                    Demand(call, parameter, entity, item);
                }
            }
        }
    }

    private static void Demand(CommandCall call, ParameterSpec parameter, string className, string id)
    {
        if (call.State.Store.Find(className, id) is null)
        {
            throw ApiError.NoEntity(call.Command.Name, parameter.Name, id);
        }
    }
}
