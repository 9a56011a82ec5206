using Cloud.Core.Jobs;
using CloudStack.Mcp.Engines;
using CloudStack.Mcp.Operation.Access;
using CloudStack.Mcp.Server.Consent;
using CloudStack.Mcp.Stores;
using Microsoft.Extensions.Logging;

namespace CloudStack.Mcp.Connections;

/// <summary>What an operator may set about a server.</summary>
internal sealed record ServerSettings
{
    /// <summary>The toolsets whose direct tools are listed.</summary>
    public IReadOnlyCollection<string> Toolsets { get; init; } = [];

    /// <summary>Let only reads through.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Effects, categories and commands let through; empty for all.</summary>
    public IReadOnlyCollection<string> Allow { get; init; } = [];

    /// <summary>Effects, categories and commands kept back.</summary>
    public IReadOnlyCollection<string> Deny { get; init; } = [];

    /// <summary>What carries operations out.</summary>
    public EngineKind Engine { get; init; }

    /// <summary>What is let through in this cloud, on top of that.</summary>
    public LimitRule CloudLimit { get; init; } = LimitRule.None;

    /// <summary>How changes are confirmed.</summary>
    public ConfirmationPolicy Policy { get; init; } = ConfirmationPolicy.Default;

    /// <summary>How long a confirmation token is good.</summary>
    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a call follows a job before it answers with the job's id.</summary>
    public TimeSpan LongestFollow { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>How often jobs are asked about; null for the connection's own way.</summary>
    public FollowPolicy? Follow { get; init; }

    /// <summary>What the replicas share; null for this process's memory.</summary>
    public SharedStore? Store { get; init; }

    /// <summary>The key that seals confirmation tokens, the same for all replicas; null for one of this process's own.</summary>
    public byte[]? TokenKey { get; init; }

    /// <summary>The audit trail's file, to be read from; null where there is none.</summary>
    public string? AuditPath { get; init; }

    /// <summary>Hears of what doesn't end a call, or null.</summary>
    public ILoggerFactory? Logger { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
