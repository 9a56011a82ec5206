using System.Diagnostics;

namespace CloudStack.Mcp.Tests.Support;

/// <summary>The program serving a simulated cloud over HTTP, as a shell starts it.</summary>
internal sealed class ServedProgram : IAsyncDisposable
{
    private const string Announcement = "MCP is served on ";

    private ServedProgram(Process process, Uri url) => (Process, Url) = (process, url);

    /// <summary>The program.</summary>
    public Process Process { get; }

    /// <summary>Where it serves.</summary>
    public Uri Url { get; }

    /// <summary>Starts it on a free port, and waits until it serves.</summary>
    public static async Task<ServedProgram> StartAsync(params string[] more)
    {
        var process = Shell.Start(["serve", "--simulator", "--http", "http://127.0.0.1:0", .. more]);
        var line = await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(1));
        return line?.StartsWith(Announcement, StringComparison.Ordinal) == true
            ? new ServedProgram(process, new Uri(line[Announcement.Length..]))
            : throw new InvalidOperationException(line + await process.StandardError.ReadToEndAsync());
    }

    public async ValueTask DisposeAsync()
    {
        if (!Process.HasExited)
        {
            Process.Kill();
        }

        await Process.WaitForExitAsync();
        Process.Dispose();
    }
}
