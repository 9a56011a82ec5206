using System.Diagnostics;

namespace Benchmarks;

/// <summary>Runs the scripts below PowerShell/ on an installed engine, against a server of ready answers in this process.</summary>
internal static class PowerShellBenchmark
{
    public static async Task<int> RunAsync(string manifest)
    {
        using var server = await ReplayServer.StartAsync();
        var module = Path.GetFullPath(manifest);
        return await RunAsync("Import.ps1", "-Module", module) | await RunAsync(
            "Listing.ps1", "-Module", module, "-Url", server.Url, "-ApiKey", server.Caller.ApiKey, "-SecretKey", server.Caller.SecretKey);
    }

    private static async Task<int> RunAsync(string script, params string[] arguments)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "PowerShell", script);
        using var process = Process.Start(new ProcessStartInfo("pwsh", ["-NoProfile", "-NonInteractive", "-File", path, .. arguments]))!;
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
