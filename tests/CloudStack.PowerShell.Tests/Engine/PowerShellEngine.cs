using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace CloudStack.PowerShell.Tests.Engine;

/// <summary>One PowerShell process with the built module imported; scripts run in it one after the other.</summary>
/// <remarks>Nobody can be asked anything there, as in a scheduled task.</remarks>
public sealed class PowerShellEngine : IDisposable
{
    private const string Mark = "answer:";

    private static readonly JsonSerializerOptions Names = new() { PropertyNameCaseInsensitive = true };

    private readonly string _folder = Directory.CreateTempSubdirectory("cloudstack-engine-").FullName;
    private readonly Lazy<Process> _process;

    /// <summary>Prepares the engine; the process starts with the first script.</summary>
    public PowerShellEngine() => _process = new(Start);

    /// <summary>The audit trail of what the engine does.</summary>
    public string AuditLog => Path.Combine(_folder, "audit.jsonl");

    /// <summary>Runs a script on a fresh simulated cloud.</summary>
    public EngineResult RunConnected(string script) => Run($"$null = Connect-CsCloud -Simulator\n{script}");

    /// <summary>Runs a script.</summary>
    public EngineResult Run(string script)
    {
        lock (_process)
        {
            _process.Value.StandardInput.WriteLine(Convert.ToBase64String(Encoding.UTF8.GetBytes(script)));
            var answer = ReadAnswer(_process.Value);
            return JsonSerializer.Deserialize<EngineResult>(Convert.FromBase64String(answer), Names)!;
        }
    }

    /// <summary>Runs a script in a process of its own and answers its questions, as a person at a prompt would.</summary>
    /// <param name="script">The script; it imports the module itself where it needs it.</param>
    /// <param name="answers">The answers, one a question; none for a host where nobody can be asked.</param>
    /// <returns>What the process wrote, line by line.</returns>
    public IReadOnlyList<string> RunAlone(string script, params string[] answers) =>
        Execute($"$env:CLOUDSTACK_AUDIT_LOG = '{AuditLog}'\n$PSStyle.OutputRendering = 'PlainText'\n{script}", answers);

    internal static IReadOnlyList<string> Execute(string script, string[] answers)
    {
        var start = new ProcessStartInfo(InstalledEngine.Found.Path!)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.ArgumentList.Add("-NoProfile");
        if (answers.Length == 0)
        {
            start.ArgumentList.Add("-NonInteractive");
        }

        start.ArgumentList.Add("-EncodedCommand");
        start.ArgumentList.Add(Convert.ToBase64String(Encoding.Unicode.GetBytes(script)));
        using var process = Process.Start(start)!;
        foreach (var answer in answers)
        {
            process.StandardInput.WriteLine(answer);
        }

        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output.ReplaceLineEndings("\n").Split('\n');
    }

    /// <summary>Ends the process.</summary>
    public void Dispose()
    {
        if (_process.IsValueCreated)
        {
            _process.Value.StandardInput.Close();
            if (!_process.Value.WaitForExit(5000))
            {
                _process.Value.Kill();
            }

            _process.Value.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private static string ReadAnswer(Process process)
    {
        while (process.StandardOutput.ReadLine() is { } line)
        {
            if (line.StartsWith(Mark, StringComparison.Ordinal))
            {
                return line[Mark.Length..];
            }
        }

        throw new InvalidOperationException("The engine ended: " + process.StandardError.ReadToEnd());
    }

    private Process Start()
    {
        var server = Path.Combine(AppContext.BaseDirectory, "Engine", "ScriptServer.ps1");
        var start = new ProcessStartInfo(
            InstalledEngine.Found.Path!, ["-NoProfile", "-NonInteractive", "-File", server, "-Module", BuiltModule.Manifest])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["CLOUDSTACK_AUDIT_LOG"] = AuditLog;
        return Process.Start(start)!;
    }
}
