namespace CloudStack.Mcp.Tests.CommandLine;

/// <summary>A test of signals and <c>/proc</c>.</summary>
internal sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute()
    {
        if (!OperatingSystem.IsLinux())
        {
            Skip = "Needs signals and /proc.";
        }
    }
}
