using System.Diagnostics;
using CloudStack.Mcp.Tests.Support;

namespace CloudStack.Mcp.Tests.Shipping;

/// <summary>The .NET SDK that runs the tests, and the programs that it makes.</summary>
internal static class Sdk
{
    /// <summary>The configuration that the tests were built in: what they need is built in it already.</summary>
#if DEBUG
    public const string Configuration = "Debug";
#else
    public const string Configuration = "Release";
#endif

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>The program <c>dotnet</c>.</summary>
    public static string Dotnet => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    /// <summary>Runs an SDK command to its end.</summary>
    public static Task<Run> RunAsync(params string[] arguments) => RunAsync(Dotnet, arguments);

    /// <summary>Runs a program to its end.</summary>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="input">Its standard input.</param>
    /// <param name="home">The folder for its profiles and audit trail; null for those of whoever runs the tests.</param>
    public static async Task<Run> RunAsync(string program, string[] arguments, string input = "", string? home = null)
    {
        using var process = Process.Start(Start(program, arguments, home))!;
        using var patience = new CancellationTokenSource(Patience);
        var output = process.StandardOutput.ReadToEndAsync(patience.Token);
        var error = process.StandardError.ReadToEndAsync(patience.Token);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync(patience.Token);
        return new Run(process.ExitCode, await output, await error);
    }

    /// <summary>How a program is started.</summary>
    public static ProcessStartInfo Start(string program, string[] arguments, string? home)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (home is not null)
        {
            start.Environment["HOME"] = home;
            start.Environment["XDG_CONFIG_HOME"] = home;
            start.Environment["CLOUDSTACK_AUDIT_LOG"] = Path.Combine(home, "audit.jsonl");
        }

        return start;
    }
}
