using Cloud.Core.Errors;
using CloudStack.Client.Diagnosis;
using CloudStack.Mcp.Engines.PowerShell;

namespace CloudStack.Mcp.CommandLine.Doctor.Machine;

/// <summary>The PowerShell that the cmdlets and the server's engine need, found as the server finds it.</summary>
/// <param name="search">Where it may be.</param>
/// <param name="runtime">The version of .NET that this process runs on.</param>
internal sealed class PowerShellCheck(PowerShellSearch search, Version runtime) : ICheck
{
    public string Name => "powershell";

    public Task<Finding> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            var home = search.Find(runtime);
            return Task.FromResult(Finding.Ok($"PowerShell {home.Version.ToString(3)} in '{home.Folder}'"));
        }
        catch (CloudException error)
        {
            return Task.FromResult(Finding.Warn(error.Message, $"{error.NextStep} The MCP server works without PowerShell."));
        }
    }
}
