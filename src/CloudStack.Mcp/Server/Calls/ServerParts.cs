using Cloud.Core.Catalog;
using Cloud.Core.Search;
using CloudStack.Mcp.Engines;
using CloudStack.Mcp.Server.Consent;
using CloudStack.Mcp.Server.Limits;
using CloudStack.Mcp.Server.Manifest;
using CloudStack.Mcp.Server.Tasks;

namespace CloudStack.Mcp.Server.Calls;

/// <summary>What the tools of one server work with. Everything dear is made when first used, so that a client's greeting waits for nothing.</summary>
/// <param name="catalog">Opens the catalog.</param>
/// <param name="limit">Reads the operator's limit.</param>
/// <param name="search">Opens the index of the commands.</param>
/// <param name="gate">Makes what decides on changes.</param>
/// <param name="tasks">Makes what names the jobs that became tasks.</param>
internal sealed class ServerParts(
    Lazy<CommandCatalog> catalog,
    Lazy<OperatorLimit> limit,
    Lazy<SearchIndex> search,
    Lazy<ConfirmationGate> gate,
    Lazy<TaskIds> tasks)
{
    private Lazy<OperatorLimit> _limit = limit;

    /// <summary>The commands.</summary>
    public CommandCatalog Catalog => catalog.Value;

    /// <summary>What the operator lets through.</summary>
    public OperatorLimit Limit => _limit.Value;

    /// <summary>Finds commands by what they do.</summary>
    public SearchIndex Search => search.Value;

    /// <summary>What the connected role may call.</summary>
    public required RoleCommands Role { get; init; }

    /// <summary>Carries operations out.</summary>
    public required IEngine Engine { get; init; }

    /// <summary>Decides on changes.</summary>
    public ConfirmationGate Gate => gate.Value;

    /// <summary>Names the jobs that became tasks.</summary>
    public TaskIds Tasks => tasks.Value;

    /// <summary>The cloud's own words.</summary>
    public required CloudVocabulary Vocabulary { get; init; }

    /// <summary>The direct tools.</summary>
    public required ToolManifest Manifest { get; init; }

    /// <summary>The connection's name, for the audit trail.</summary>
    public required string Profile { get; init; }

    /// <summary>The audit trail's file, to be read from; null where there is none.</summary>
    public string? AuditPath { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>How long a call follows a job before it answers with the job's id.</summary>
    public TimeSpan LongestFollow { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>The jobs that were started here.</summary>
    public IStartedJobs Jobs { get; init; } = new StartedJobs();

    /// <summary>The jobs that calls follow.</summary>
    public FollowedJobs Followed { get; } = new();

    /// <summary>The same parts, shared, for callers who are let do less.</summary>
    /// <param name="narrower">What they are let do; it comes on top of the server's own limit.</param>
    public ServerParts Narrow(Lazy<OperatorLimit> narrower)
    {
        var copy = (ServerParts)MemberwiseClone();
        var own = _limit;
        copy._limit = new Lazy<OperatorLimit>(() => own.Value.And(narrower.Value));
        return copy;
    }
}
