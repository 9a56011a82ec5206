using Cloud.Core.Errors;
using CloudStack.Mcp.Engines.PowerShell;

namespace CloudStack.Mcp.Tests.Engines;

/// <summary>The PowerShell that tests host: the one that a server on this machine would.</summary>
internal static class InstalledPowerShell
{
    /// <summary>Why there is none, or null.</summary>
    public static string? Missing { get; } = Find();

    private static string? Find()
    {
        try
        {
            PowerShellSearch.Here.Find(Environment.Version);
            return null;
        }
        catch (CloudException error)
        {
            return error.Message;
        }
    }
}
