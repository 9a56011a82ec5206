using Cloud.Core.Jobs;
using CloudStack.Mcp.Authentication;
using CloudStack.Mcp.Authentication.Jwt;
using CloudStack.Mcp.Connections;
using CloudStack.Mcp.Engines;
using CloudStack.Mcp.Http;
using CloudStack.Mcp.Operation.Access;
using CloudStack.Mcp.Server.Consent;
using CloudStack.Mcp.Stores;
using Microsoft.Extensions.Logging;

namespace CloudStack.Mcp.Operation.Configuration;

/// <summary>Everything an operator sets about a server. It holds secrets: never write it out.</summary>
internal sealed record ServeConfig
{
    /// <summary>The clouds; never empty.</summary>
    public required IReadOnlyList<CloudConfig> Clouds { get; init; }

    /// <summary>The cloud that a call means which names none.</summary>
    public required string DefaultCloud { get; init; }

    /// <summary>What is let through in every cloud.</summary>
    public LimitRule Limit { get; init; } = LimitRule.None;

    /// <summary>The toolsets whose direct tools are listed.</summary>
    public IReadOnlyList<string> Toolsets { get; init; } = [];

    /// <summary>How changes are confirmed.</summary>
    public ConfirmationPolicy Policy { get; init; } = ConfirmationPolicy.Default;

    /// <summary>How long a confirmation token is good.</summary>
    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The key that seals confirmation tokens, the same for all replicas; null for one of this process's own.</summary>
    public byte[]? TokenKey { get; init; }

    /// <summary>What carries operations out.</summary>
    public EngineKind Engine { get; init; }

    /// <summary>How often jobs are asked about; null for each connection's own way.</summary>
    public FollowPolicy? Follow { get; init; }

    /// <summary>The audit trail's file.</summary>
    public required string AuditPath { get; init; }

    /// <summary>The least level logged to standard error.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Warning;

    /// <summary>How HTTP is served, or null for standard input and output.</summary>
    public HttpSettings? Http { get; init; }

    /// <summary>The address that clients call MCP by, where it isn't the one listened on.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>The keys and fixed tokens that were handed out.</summary>
    public IReadOnlyList<KnownKey> Keys { get; init; } = [];

    /// <summary>Which JSON web tokens are accepted, or null for none.</summary>
    public JwtRule? Jwt { get; init; }

    /// <summary>The roles.</summary>
    public IReadOnlyList<Role> Roles { get; init; } = Role.BuiltIn;

    /// <summary>How many calls a caller may make, or null for any number.</summary>
    public RateRule? Rate { get; init; }

    /// <summary>The shared store's connection string, or null for memory.</summary>
    public string? Postgres { get; init; }

    /// <summary>Where traces are sent to, or null for nowhere.</summary>
    public Uri? Traces { get; init; }

    /// <summary>True where callers must prove who they are.</summary>
    public bool KnowsCallers => Keys.Count > 0 || Jwt is not null;
}

/// <summary>One cloud.</summary>
/// <param name="Name">Its name for callers.</param>
/// <param name="Source">How it's reached.</param>
/// <param name="Limit">What is let through in it, on top of what holds for all.</param>
internal sealed record CloudConfig(string Name, ConnectionSource Source, LimitRule Limit);
