using System.Runtime.CompilerServices;

namespace CloudStack.Mcp.Tests.Stores;

/// <summary>A test over a real PostgreSQL; it's skipped with the reason where none is installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute([CallerMemberName] string test = "")
    {
        Skip = PostgresServer.Missing;
        DisplayName = Skip is null ? null : $"{test}: {Skip}";
    }
}
