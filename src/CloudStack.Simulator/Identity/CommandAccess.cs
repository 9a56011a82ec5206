using Cloud.Core.Catalog;
using CloudStack.Simulator.Lifecycles.Access;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Identity;

/// <summary>
/// Which commands a role may call (protocol note, section 7): the role's own rules in order, then what the catalog grants
/// to its type. A disabled role may call nothing.
/// </summary>
internal static class CommandAccess
{
    public static bool Allows(Caller caller, CommandSpec command)
    {
        var role = caller.Account.Attribute<Entity>(AttributeNames.Role);
        if (role is { State: not AccessBuilder.RoleEnabled })
        {
            return false;
        }

        foreach (var rule in role?.Attribute<List<Entity>>(AttributeNames.Rules) ?? [])
        {
            if (Matches(rule.Text("rule") ?? "", command.Name))
            {
                return string.Equals(rule.Text("permission"), "allow", StringComparison.OrdinalIgnoreCase);
            }
        }

        return caller.IsRoot || command.Roles.Contains(caller.Role.ToString(), StringComparer.OrdinalIgnoreCase);
    }

    /// <exception cref="ApiError">The caller's role doesn't have the command.</exception>
    public static void Demand(Caller caller, CommandSpec command)
    {
        if (!Allows(caller, command))
        {
            throw new ApiError(
                ApiError.Unsupported,
                $"The API [{command.Name}] does not exist or is not available for the account for user id [{caller.User.Id}].");
        }
    }

    /// <summary>Matches a rule, in which <c>*</c> stands for any word characters, ignoring case.</summary>
    public static bool Matches(string rule, string command)
    {
        var parts = rule.Split('*');
        if (parts.Length == 1)
        {
            return string.Equals(rule, command, StringComparison.OrdinalIgnoreCase);
        }

        if (!command.StartsWith(parts[0], StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var at = parts[0].Length;
        foreach (var part in parts[1..^1])
        {
            var found = command.IndexOf(part, at, StringComparison.OrdinalIgnoreCase);
            if (found < 0)
            {
                return false;
            }

            at = found + part.Length;
        }

        return command.Length - at >= parts[^1].Length && command.EndsWith(parts[^1], StringComparison.OrdinalIgnoreCase);
    }
}
