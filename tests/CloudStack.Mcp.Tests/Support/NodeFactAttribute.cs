using System.Diagnostics;

namespace CloudStack.Mcp.Tests.Support;

/// <summary>A test that drives the server from Node; it's skipped with the reason where Node or its registry can't be had.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NodeFactAttribute : FactAttribute
{
    public NodeFactAttribute()
    {
        foreach (var tool in new[] { "node", "npm" })
        {
            if (!Runs(tool))
            {
                Skip = $"{tool} isn't installed.";
                return;
            }
        }

        if (NodeClient.Folder.Value is null)
        {
            Skip = $"npm could not install {NodeClient.Package}: {NodeClient.Failure}";
        }
    }

    private static bool Runs(string tool)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(tool, "--version") { RedirectStandardOutput = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
