using System.Collections.Concurrent;
using CloudStack.Mcp.Authentication;
using CloudStack.Mcp.Operation.Access;
using CloudStack.Mcp.Operation.Calls;
using CloudStack.Mcp.Server.Limits;
using CloudStack.Mcp.Server.Tools;

namespace CloudStack.Mcp.Operation.Clouds;

/// <summary>Finds out which clouds a caller reaches and what it may do there, and gives it the tools for that.</summary>
/// <param name="clouds">The clouds.</param>
/// <param name="roles">The roles.</param>
/// <param name="desk">What every call passes.</param>
internal sealed class CloudAccess(CloudSet clouds, IReadOnlyList<Role> roles, CallDesk desk)
{
    // Reading a limit looks through the whole catalog; there are no more of them than sets of roles.
    private readonly ConcurrentDictionary<string, Lazy<OperatorLimit>> _limits = new(StringComparer.Ordinal);

    /// <summary>Tells whether a caller reaches any cloud at all.</summary>
    /// <param name="caller">The caller.</param>
    public bool Reaches(Caller caller) => clouds.Names.Any(cloud => RolesIn(caller, cloud).Any());

    /// <summary>Tells whether a caller may read the metrics.</summary>
    /// <param name="caller">The caller.</param>
    public bool ReadsMetrics(Caller caller) => roles.Any(role => role.Metrics && caller.Roles.Contains(role.Name, StringComparer.Ordinal));

    /// <summary>The tools of a caller.</summary>
    /// <param name="caller">The caller, or null for the one who started this server or works on the same machine: only the operator's own limits bind them.</param>
    /// <param name="toolsets">The toolsets whose direct tools are listed.</param>
    /// <param name="check">True to read the toolsets' names now, rather than when the tools are listed.</param>
    /// <exception cref="Cloud.Core.Errors.CloudException">There is no such toolset.</exception>
    public IToolTable ToolsOf(Caller? caller, IReadOnlyCollection<string> toolsets, bool check = false)
    {
        var reached = clouds.Names.Where(cloud => caller is null || RolesIn(caller, cloud).Any())
            .ToDictionary(cloud => cloud, cloud => TableOf(caller, cloud, toolsets), StringComparer.Ordinal);
        if (check)
        {
            reached.Values.FirstOrDefault()?.Check();
        }

        IToolTable table = reached.Count == 1 && clouds.Names.Count == 1
            ? reached.Values.Single()
            : new SeveralClouds(reached, reached.ContainsKey(clouds.Default) ? clouds.Default : reached.Keys.FirstOrDefault());
        return new AttendedTools(table, desk);
    }

    private ToolTable TableOf(Caller? caller, string cloud, IReadOnlyCollection<string> toolsets)
    {
        if (caller is null)
        {
            return clouds[cloud].ToolsFor(new Lazy<OperatorLimit>(OperatorLimit.None), readOnly: false, toolsets);
        }

        var held = RolesIn(caller, cloud).ToList();
        var limit = _limits.GetOrAdd(
            string.Join('\n', held.Select(role => role.Name).Prepend(cloud)),
            _ => new Lazy<OperatorLimit>(() => OperatorLimit.AnyOf([.. held.Select(role => role.Limit.Read(() => clouds[cloud].Parts.Catalog))])));
        return clouds[cloud].ToolsFor(limit, held.All(role => role.Limit.ReadOnly), toolsets);
    }

    private IEnumerable<Role> RolesIn(Caller caller, string cloud) =>
        roles.Where(role => caller.Roles.Contains(role.Name, StringComparer.Ordinal) && role.Reaches(cloud));
}
