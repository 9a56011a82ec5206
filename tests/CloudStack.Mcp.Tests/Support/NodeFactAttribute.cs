using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace CloudStack.Mcp.Tests.Support;

/// <summary>A test that drives the server from Node; it's skipped with the reason where Node or its registry can't be had.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NodeFactAttribute : FactAttribute
{
    public NodeFactAttribute([CallerMemberName] string test = "")
    {
        Skip = Missing();
        DisplayName = Skip is null ? null : $"{test}: {Skip}";
    }

    private static string? Missing() =>
        new[] { "node", "npm" }.FirstOrDefault(tool => !Runs(tool)) is { } missing ? $"{missing} isn't installed."
        : NodeClient.Folder.Value is null ? $"npm could not install {NodeClient.Package}: {NodeClient.Failure}"
        : null;

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
