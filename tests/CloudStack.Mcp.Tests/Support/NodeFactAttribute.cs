using System.Runtime.CompilerServices;

namespace CloudStack.Mcp.Tests.Support;

/// <summary>A test that drives the server from Node; it's skipped with the reason where Node or its registry can't be had.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NodeFactAttribute : FactAttribute
{
    /// <param name="tool">The name of what it needs of <see cref="NodeTools"/>.</param>
    /// <param name="test">The test's name.</param>
    public NodeFactAttribute(string tool, [CallerMemberName] string test = "")
    {
        Skip = NodeTools.Missing(tool);
        DisplayName = Skip is null ? null : $"{test}: {Skip}";
    }
}
