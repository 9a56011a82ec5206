using System.Diagnostics;

namespace CloudStack.Mcp.Tests.Support;

/// <summary>A program from npm, installed once into the build's output.</summary>
/// <param name="name">The folder's name; with the version, so that another version is installed anew.</param>
/// <param name="packages">What to install, with exact versions.</param>
internal sealed class NodeTool(string name, params string[] packages)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly Lazy<(string? Folder, string Failure)> _installed = new(() => Install(name, packages));

    /// <summary>The folder it was installed into, or null where it couldn't be.</summary>
    public string? Folder => _installed.Value.Folder;

    /// <summary>Why it couldn't be installed.</summary>
    public string Failure => _installed.Value.Failure;

    /// <summary>Runs a script of it.</summary>
    /// <param name="arguments">The script's path below the folder, or its full path, and its arguments.</param>
    public async Task<Run> RunAsync(params string[] arguments)
    {
        using var process = Start(NodeTools.Node, arguments, Folder!, home: Folder);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var timeout = new CancellationTokenSource(Patience);
        await process.WaitForExitAsync(timeout.Token);
        return new Run(process.ExitCode, await output, await error);
    }

    /// <summary>Runs a module that imports from it.</summary>
    /// <param name="script">The module's text.</param>
    /// <param name="arguments">Its arguments.</param>
    public async Task<Run> RunScriptAsync(string script, params string[] arguments)
    {
        var file = Path.Combine(Folder!, $"{Guid.NewGuid():N}.mjs");
        await File.WriteAllTextAsync(file, script);
        try
        {
            return await RunAsync([file, .. arguments]);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static (string?, string) Install(string name, string[] packages)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "node-tools", name);
        var done = Path.Combine(folder, "installed");
        if (File.Exists(done))
        {
            return (folder, "");
        }

        try
        {
            Directory.CreateDirectory(folder);
            using var process = Start("npm", ["install", "--prefix", folder, "--no-audit", "--no-fund", "--ignore-scripts", .. packages], folder);
            var output = process.StandardOutput.ReadToEndAsync();
            var error = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(Patience) || process.ExitCode != 0)
            {
                return (null, $"npm could not install {string.Join(", ", packages)}: {(process.HasExited ? error.Result.Trim() : "it took too long")}");
            }

            File.WriteAllText(done, "");
            return (folder, "");
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            return (null, $"npm isn't installed: {error.Message}");
        }
    }

    private static Process Start(string program, string[] arguments, string folder, string? home = null)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        if (home is not null)
        {
            start.Environment["HOME"] = home;
        }

        return Process.Start(start)!;
    }
}
