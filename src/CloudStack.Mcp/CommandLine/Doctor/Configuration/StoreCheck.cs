using CloudStack.Client.Diagnosis;
using CloudStack.Mcp.Stores.Postgres;

namespace CloudStack.Mcp.CommandLine.Doctor.Configuration;

/// <summary>What replicas share.</summary>
/// <param name="connectionString">The database, or null for memory.</param>
internal sealed class StoreCheck(string? connectionString) : ICheck
{
    public string Name => "store";

    public async Task<Finding> RunAsync(CancellationToken cancellationToken)
    {
        if (connectionString is null)
        {
            return Finding.Ok("memory: for one server, not for replicas");
        }

        // Looking must not make tables.
        await using var store = PostgresStore.Of(connectionString, TimeProvider.System);
        await store.CheckAsync(cancellationToken);
        return Finding.Ok("PostgreSQL answers");
    }
}
