using System.Diagnostics;

namespace Benchmarks;

/// <summary>Runs the scripts below PowerShell/ on an installed engine, against a server of ready answers in this process.</summary>
internal static class PowerShellBenchmark
{
    public static async Task<int> RunAsync(string manifest)
    {
        using var server = await ReplayServer.StartAsync();
        var exit = 0;
        foreach (var script in new[] { "Import.ps1", "Listing.ps1" })
        {
            var start = new ProcessStartInfo("pwsh", [
                "-NoProfile", "-NonInteractive", "-File", Path.Combine(AppContext.BaseDirectory, "PowerShell", script),
                "-Module", Path.GetFullPath(manifest), "-Url", server.Url, "-ApiKey", server.Caller.ApiKey, "-SecretKey", server.Caller.SecretKey,
            ]);
            using var process = Process.Start(start)!;
            await process.WaitForExitAsync();
            exit |= process.ExitCode;
        }

        return exit;
    }
}
