using System.Reflection;

namespace CloudStack.Mcp.Tests.Support;

/// <summary>Where things lie in the checkout.</summary>
internal static class TestPaths
{
    public static string Root { get; } = typeof(TestPaths).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(a => a.Key == "RepositoryRoot").Value!;

    public static string Project => Path.Combine(Root, "tests", "CloudStack.Mcp.Tests");
}
