using System.Runtime.CompilerServices;

namespace CloudStack.Mcp.Tests.Foreign;

/// <summary>A test that uses Apache Libcloud; it's skipped with the reason where that isn't installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LibcloudFactAttribute : FactAttribute
{
    public LibcloudFactAttribute([CallerMemberName] string test = "")
    {
        Skip = Libcloud.Python is null ? "No python3 here has libcloud: apt-get install python3-libcloud." : null;
        DisplayName = Skip is null ? null : $"{test}: {Skip}";
    }
}
