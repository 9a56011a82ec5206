using Cloud.Core.Catalog;

namespace Cloud.Core.Audit;

/// <summary>Which of an operation's two audit lines a record is.</summary>
public enum AuditPhase
{
    /// <summary>Written before anything is sent.</summary>
    Begin,

    /// <summary>Written when the outcome is known.</summary>
    End,
}

/// <summary>One line of the audit trail, before it's chained. It holds no secret: arguments are redacted.</summary>
public sealed record AuditRecord
{
    /// <summary>When, in UTC.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Which of the two lines.</summary>
    public required AuditPhase Phase { get; init; }

    /// <summary>The operation; both its lines carry the same.</summary>
    public required string Operation { get; init; }

    /// <summary>Who asked.</summary>
    public required string Caller { get; init; }

    /// <summary>The profile or connection used; may be empty.</summary>
    public required string Profile { get; init; }

    /// <summary>The server's host name.</summary>
    public required string Server { get; init; }

    /// <summary>The command's API name.</summary>
    public required string Command { get; init; }

    /// <summary>The command's effect.</summary>
    public required Effect Effect { get; init; }

    /// <summary>The arguments with secrets masked, by wire name.</summary>
    public required IReadOnlyDictionary<string, object> Arguments { get; init; }

    /// <summary>How the change was confirmed: <c>approved</c>, <c>declined</c>, <c>deferred</c>, <c>whatif</c>, or <c>none</c> for a read.</summary>
    public required string Confirmation { get; init; }

    /// <summary>The job, or null.</summary>
    public string? Job { get; init; }

    /// <summary>How it ended, or null on a begin line: <c>completed</c>, <c>jobstarted</c>, <c>declined</c>, <c>deferred</c>, <c>whatif</c>, <c>failed</c>, <c>cancelled</c>.</summary>
    public string? Outcome { get; init; }

    /// <summary>The error's cause, or null.</summary>
    public string? Cause { get; init; }

    /// <summary>The error's message, or null.</summary>
    public string? Error { get; init; }

    /// <summary>Milliseconds from begin to end, or null on a begin line.</summary>
    public double? DurationMs { get; init; }
}
