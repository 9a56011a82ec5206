using System.Diagnostics;
using System.Text;

namespace CloudStack.Mcp.Tests.CommandLine;

/// <summary>The built program, run as a process with a temporary folder of its own and no connection set up.</summary>
internal sealed class ProgramRun : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("cloudstack-test-");

    /// <summary>Variables to set besides.</summary>
    public Dictionary<string, string?> Environment { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether the program heeds an interrupt even where the tests themselves run in the background and ignore it.</summary>
    public bool HeedsInterrupt { get; init; }

    /// <summary>The program's temporary folder.</summary>
    public string Temp => Directory.CreateDirectory(Path.Combine(_home.FullName, "temp")).FullName;

    /// <summary>The user's configuration folder.</summary>
    public string Config => Directory.CreateDirectory(Path.Combine(_home.FullName, "config")).FullName;

    /// <summary>What was written to standard output.</summary>
    public string Output { get; private set; } = "";

    /// <summary>What was written to standard error.</summary>
    public string Error { get; private set; } = "";

    /// <summary>How long it took.</summary>
    public TimeSpan Time { get; private set; }

    /// <summary>Runs the program to its end.</summary>
    /// <returns>The exit code.</returns>
    public Task<int> RunAsync(params string[] arguments) => RunAsync(_ => Task.CompletedTask, arguments);

    /// <summary>Runs the program to its end, and does something meanwhile.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(Func<Process, Task> meanwhile, params string[] arguments)
    {
        var begun = Stopwatch.GetTimestamp();
        using var process = Process.Start(Start(arguments))!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await meanwhile(process);
        using var limit = new CancellationTokenSource(Longest);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"cloudstack-mcp {string.Join(' ', arguments)} didn't end within {Longest.TotalSeconds} s.");
        }

        (Output, Error, Time) = (await output, await error, Stopwatch.GetElapsedTime(begun));
        return process.ExitCode;
    }

    /// <summary>The command lines of processes that name a folder of this run; where they can't be seen, none.</summary>
    public IReadOnlyList<string> ProcessesLeft() => Directory.Exists("/proc")
        ? [.. Directory.GetDirectories("/proc").Select(CommandLine).Where(line => line.Contains(_home.FullName, StringComparison.Ordinal))]
        : [];

    public void Dispose() => _home.Delete(recursive: true);

    private static string CommandLine(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline")).Replace('\0', ' ');
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private ProcessStartInfo Start(string[] arguments)
    {
        string[] program = ["dotnet", Path.Combine(AppContext.BaseDirectory, "cloudstack-mcp.dll"), .. arguments];
        string[] line = HeedsInterrupt ? ["env", "--default-signal=INT", .. program] : program;
        var start = new ProcessStartInfo(line[0], line[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        foreach (var name in start.Environment.Keys.Where(n => n.StartsWith("CLOUDSTACK_", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(name);
        }

        foreach (var name in (string[])["TMPDIR", "TEMP", "TMP"])
        {
            start.Environment[name] = Temp;
        }

        foreach (var name in (string[])["XDG_CONFIG_HOME", "APPDATA"])
        {
            start.Environment[name] = Config;
        }

        foreach (var (name, value) in Environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }
}
