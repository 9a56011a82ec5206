using Cloud.Core.Jobs;

namespace CloudStack.Mcp.Operation.Configuration;

/// <summary>How often jobs are asked about, as an operator sets it: the first wait in seconds; each further one is longer, up to ten times as long.</summary>
internal static class PollPaceSetting
{
    /// <summary>The shortest first wait in seconds.</summary>
    public const double Shortest = 0.05;

    /// <summary>The longest first wait in seconds.</summary>
    public const double Longest = 60;

    /// <summary>The policy of a setting within these bounds; null for none.</summary>
    public static FollowPolicy? Of(double? seconds) => seconds is { } first
        ? new FollowPolicy(TimeSpan.FromSeconds(first), TimeSpan.FromSeconds(first * 10))
        : null;
}
