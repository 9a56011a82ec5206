using System.ComponentModel;
using System.Diagnostics;
using CloudStack.Mcp.Tests.Support;

namespace CloudStack.Mcp.Tests.Foreign;

/// <summary>A Python that has Apache Libcloud.</summary>
internal static class Libcloud
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    // Debian's package belongs to the system's own Python, which need not be the first on the path.
    private static readonly string[] Candidates = ["python3", "/usr/bin/python3"];

    /// <summary>The program, or null where none has the library.</summary>
    public static string? Python { get; } = Array.Find(Candidates, HasLibrary);

    /// <summary>Runs a script to its end.</summary>
    public static async Task<Run> RunAsync(string script, params string[] arguments)
    {
        using var process = Start(Python!, ["-", .. arguments]);
        using var timeout = new CancellationTokenSource(Patience);
        await process.StandardInput.WriteAsync(script);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(timeout.Token);
        var error = process.StandardError.ReadToEndAsync(timeout.Token);
        await process.WaitForExitAsync(timeout.Token);
        return new Run(process.ExitCode, await output, await error);
    }

    private static bool HasLibrary(string python)
    {
        try
        {
            using var process = Start(python, ["-c", "import libcloud"]);
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    private static Process Start(string program, string[] arguments) => Process.Start(new ProcessStartInfo(program, arguments)
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;
}
