using System.Diagnostics;

namespace CloudStack.Mcp.Tests.Support;

/// <summary>The program as a shell starts it.</summary>
internal static class Shell
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    // A home without profiles, inside the build's output so that nothing is left elsewhere.
    private static readonly Lazy<string> Home = new(() => Directory.CreateDirectory(System.IO.Path.Combine(AppContext.BaseDirectory, "home")).FullName);

    /// <summary>The built program, to be run by <c>dotnet</c>.</summary>
    public static string Path { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "cloudstack-mcp.dll");

    /// <summary>Runs the program to its end, with no connection set up and an audit trail of its own.</summary>
    public static async Task<Run> RunAsync(string[] arguments, string input = "", params (string Name, string Value)[] environment)
    {
        using var process = Start(arguments, environment);
        using var timeout = new CancellationTokenSource(Patience);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(timeout.Token);
        var error = process.StandardError.ReadToEndAsync(timeout.Token);
        await process.WaitForExitAsync(timeout.Token);
        return new Run(process.ExitCode, await output, await error);
    }

    /// <summary>Starts the program.</summary>
    public static Process Start(string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet", [Path, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("CLOUDSTACK_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["HOME"] = Home.Value;
        start.Environment["XDG_CONFIG_HOME"] = Home.Value;
        start.Environment["APPDATA"] = Home.Value;
        start.Environment["DOTNET_CLI_HOME"] = Home.Value;
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}

/// <summary>What a run came to.</summary>
internal sealed record Run(int ExitCode, string Output, string Error);
