using System.Diagnostics;

namespace CloudStack.Mcp.Tests.Support;

/// <summary>The TypeScript SDK's client, installed once into the build's output.</summary>
internal static class NodeClient
{
    public const string Package = "@modelcontextprotocol/sdk@" + Version;

    private const string Version = "1.32.2";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>The folder with the package, or null where it couldn't be installed.</summary>
    public static Lazy<string?> Folder { get; } = new(Install);

    /// <summary>Why it couldn't be installed.</summary>
    public static string Failure { get; private set; } = "";

    /// <summary>Runs a script with the package at hand.</summary>
    /// <param name="script">The module's text.</param>
    /// <param name="arguments">Its arguments.</param>
    public static async Task<Run> RunAsync(string script, params string[] arguments)
    {
        var file = Path.Combine(Folder.Value!, $"{Guid.NewGuid():N}.mjs");
        await File.WriteAllTextAsync(file, script);
        using var process = Start("node", [file, .. arguments]);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var timeout = new CancellationTokenSource(Patience);
        await process.WaitForExitAsync(timeout.Token);
        File.Delete(file);
        return new Run(process.ExitCode, await output, await error);
    }

    private static string? Install()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "node-client", Version);
        if (Directory.Exists(Path.Combine(folder, "node_modules", "@modelcontextprotocol", "sdk", "dist")))
        {
            return folder;
        }

        Directory.CreateDirectory(folder);
        using var process = Start("npm", ["install", "--prefix", folder, "--no-audit", "--no-fund", "--ignore-scripts", Package]);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Patience) || process.ExitCode != 0)
        {
            Failure = process.HasExited ? error.Result.Trim() : "it took too long";
            return null;
        }

        _ = output.Result;
        return folder;
    }

    private static Process Start(string program, string[] arguments) => Process.Start(new ProcessStartInfo(program, arguments)
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;
}
