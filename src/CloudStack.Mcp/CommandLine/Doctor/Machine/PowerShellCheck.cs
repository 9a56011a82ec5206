using System.ComponentModel;
using System.Diagnostics;
using CloudStack.Client.Diagnosis;

namespace CloudStack.Mcp.CommandLine.Doctor.Machine;

/// <summary>The PowerShell that the cmdlets need.</summary>
/// <param name="program">The program's name or path.</param>
internal sealed class PowerShellCheck(string program = "pwsh") : ICheck
{
    private const string Install = "Install PowerShell 7.4 or later to use the cmdlets; the MCP server works without it.";

    private static readonly Version Least = new(7, 4);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    public string Name => "powershell";

    public async Task<Finding> RunAsync(CancellationToken cancellationToken)
    {
        // PowerShell 7.6.5
        var words = (await AskAsync(cancellationToken))?.Split(' ', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (words is null)
        {
            return Finding.Warn($"no {program} on PATH", Install);
        }

        var text = words.LastOrDefault() ?? "";
        return Version.TryParse(text.Split('-')[0], out var version)
            ? version >= Least ? Finding.Ok($"PowerShell {version}") : Finding.Warn($"PowerShell {version} is too old", Install)
            : Finding.Warn($"{program} doesn't tell its version", Install);
    }

    private async Task<string?> AskAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Longest);
        var start = new ProcessStartInfo(program, ["--version"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        Process? process = null;
        try
        {
            process = Process.Start(start)!;
            return await process.StandardOutput.ReadToEndAsync(limit.Token);
        }
        catch (Win32Exception)
        {
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            process?.Kill(entireProcessTree: true);
            return "";
        }
        finally
        {
            process?.Dispose();
        }
    }
}
