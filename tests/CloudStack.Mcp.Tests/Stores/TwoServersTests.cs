using Cloud.Core.Confirmations;
using CloudStack.Mcp.Connections;
using CloudStack.Mcp.Stores.Postgres;
using CloudStack.Mcp.Tests.Support;

namespace CloudStack.Mcp.Tests.Stores;

/// <summary>Two servers over one database, as replicas behind a balancer are.</summary>
public sealed class TwoServersTests(PostgresServer database) : IClassFixture<PostgresServer>
{
    [PostgresFact]
    public async Task A_token_of_one_replica_is_redeemed_once_across_both()
    {
        var connection = await database.NewDatabaseAsync();
        var key = ConfirmationTokens.NewKey();
        await using var one = await ReplicaAsync(connection, key);
        await using var other = await ReplicaAsync(connection, key);
        var first = await one.Server.ConnectAsync();
        var second = await other.Server.ConnectAsync();

        var asked = await first.ChangeAsync("stopVirtualMachine", """{"id":"web-01"}""");
        var token = asked["token"];
        var redeemed = await second.ChangeAsync("stopVirtualMachine", """{"id":"web-01"}""", $$""","confirm":"{{token}}" """);
        var again = await first.ChangeAsync("stopVirtualMachine", """{"id":"web-01"}""", $$""","confirm":"{{token}}" """);

        Assert.False(redeemed.IsError, redeemed.Text);
        Assert.True(again.IsError);
        Assert.Equal("NotConfirmed", again.Cause);
        Assert.Contains("used before", again.Message, StringComparison.Ordinal);
    }

    private static async Task<Replica> ReplicaAsync(string connection, byte[] key)
    {
        var store = await PostgresStore.OpenAsync(connection, TimeProvider.System, CancellationToken.None);
        return new Replica(new TestServer(new ServerSettings { Store = store, TokenKey = key }), store);
    }

    private sealed record Replica(TestServer Server, PostgresStore Store) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Server.DisposeAsync();
            await Store.DisposeAsync();
        }
    }
}
