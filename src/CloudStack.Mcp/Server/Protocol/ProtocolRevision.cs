namespace CloudStack.Mcp.Server.Protocol;

/// <summary>The revisions of the protocol that are spoken, oldest first.</summary>
internal static class ProtocolRevision
{
    /// <summary>The first one without sessions: every request brings its own metadata.</summary>
    public const string FirstStateless = "2026-07-28";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25", FirstStateless];

    /// <summary>Those without sessions.</summary>
    public static IReadOnlyList<string> Stateless { get; } = [FirstStateless];

    /// <summary>True for a revision without sessions. Revisions are dates, so that their order is that of their texts.</summary>
    /// <param name="revision">The revision, or null where none was named.</param>
    public static bool IsStateless(string? revision) => string.CompareOrdinal(revision, FirstStateless) >= 0;
}
