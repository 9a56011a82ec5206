using System.Net;
using CloudStack.Mcp.CommandLine;
using CloudStack.Mcp.Http;

namespace CloudStack.Mcp.Operation.Configuration;

/// <summary>Reads <c>http</c>: where MCP is served, and by which names it may be called.</summary>
internal static class HttpSection
{
    private const double LargestBody = 64 << 20;

    public static (HttpSettings? Settings, Uri? PublicUrl) Read(ConfigSection root, bool knowsCallers)
    {
        if (root.Section("http") is not { } section)
        {
            return (null, null);
        }

        var listen = section.Required("listen") is { Length: > 0 } text
            ? section.Try("listen", () => ListenAddress.Parse(text, anyAddress: true, ""))
            : null;
        if (listen is not null && !IPAddress.IsLoopback(listen.Address) && !knowsCallers)
        {
            section.Problem("listen", "is an address that other machines reach, so callers must be named");
        }

        var defaults = new HttpSettings();
        var settings = defaults with
        {
            Address = listen?.Address ?? IPAddress.Loopback,
            Port = listen?.Port ?? 0,
            AllowedHosts = section.Texts("allowedHosts"),
            AllowedOrigins = section.Texts("allowedOrigins"),
            LargestBody = (long)(section.Number("bodyBytes", 1024, LargestBody) ?? defaults.LargestBody),
            MostSessions = (int)(section.Number("sessions", 1, 100_000) ?? defaults.MostSessions),
            LongestIdle = section.Number("idleMinutes", 1, 1440) is { } idle ? TimeSpan.FromMinutes(idle) : defaults.LongestIdle,
        };
        var publicUrl = section.Address("publicUrl");
        section.Close();
        return (settings, publicUrl);
    }
}
