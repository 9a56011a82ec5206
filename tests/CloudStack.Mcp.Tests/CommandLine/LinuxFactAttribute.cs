namespace CloudStack.Mcp.Tests.CommandLine;

/// <summary>A test of signals, file modes and <c>/proc</c>.</summary>
internal sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute()
    {
        if (!OperatingSystem.IsLinux())
        {
            Skip = "Needs signals, file modes and /proc.";
        }
    }
}

/// <summary>Such a test with several inputs.</summary>
internal sealed class LinuxTheoryAttribute : TheoryAttribute
{
    public LinuxTheoryAttribute()
    {
        if (!OperatingSystem.IsLinux())
        {
            Skip = "Needs signals, file modes and /proc.";
        }
    }
}
