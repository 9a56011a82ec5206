using CloudStack.Mcp.Stores;

namespace CloudStack.Mcp.Operation.Configuration;

/// <summary>Reads <c>rate</c>: how many calls a caller may make.</summary>
internal static class RateSection
{
    private const int UsualPerMinute = 120;
    private const int UsualQueueSeconds = 5;

    public static RateRule? Read(ConfigSection root)
    {
        if (root.Section("rate") is not { } section)
        {
            return null;
        }

        var perMinute = (int)(section.Number("perMinute", 1, 100_000) ?? UsualPerMinute);
        var burst = (int)(section.Number("burst", 1, 10_000) ?? Math.Max(1, perMinute / 6));
        var queue = TimeSpan.FromSeconds(section.Number("queueSeconds", 0, 60) ?? UsualQueueSeconds);
        section.Close();
        return new RateRule(perMinute, burst, queue);
    }
}
