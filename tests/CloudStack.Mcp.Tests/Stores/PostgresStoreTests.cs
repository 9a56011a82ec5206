using Cloud.Core.Errors;
using CloudStack.Mcp.Stores;
using CloudStack.Mcp.Stores.Postgres;
using Npgsql;

namespace CloudStack.Mcp.Tests.Stores;

public sealed class PostgresStoreTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    private static readonly DateTimeOffset Later = DateTimeOffset.UtcNow.AddMinutes(5);

    [PostgresFact]
    public async Task Replicas_that_start_at_once_all_find_the_tables()
    {
        var database = await server.NewDatabaseAsync();

        var stores = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => OpenAsync(database)));

        foreach (var store in stores)
        {
            await store.CheckAsync(CancellationToken.None);
            await store.DisposeAsync();
        }
    }

    [PostgresFact]
    public async Task Of_many_redemptions_of_a_token_across_two_replicas_one_succeeds()
    {
        var database = await server.NewDatabaseAsync();
        await using var first = await OpenAsync(database);
        await using var second = await OpenAsync(database);

        var tries = await Task.WhenAll(Enumerable.Range(0, 20)
            .Select(i => (i % 2 == 0 ? first : second).UsedTokens.TryUseAsync("token", Later, CancellationToken.None).AsTask()));

        Assert.Single(tries, redeemed => redeemed);
    }

    [PostgresFact]
    public async Task A_job_noted_by_one_replica_is_known_to_the_other()
    {
        var database = await server.NewDatabaseAsync();
        await using var first = await OpenAsync(database);
        await using var second = await OpenAsync(database);

        await first.Jobs.AddAsync("job-1", "stopVirtualMachine", CancellationToken.None);

        Assert.Equal("stopVirtualMachine", await second.Jobs.FindAsync("job-1", CancellationToken.None));
        Assert.Null(await second.Jobs.FindAsync("job-2", CancellationToken.None));
    }

    [PostgresFact]
    public async Task Two_replicas_share_a_callers_rate()
    {
        var database = await server.NewDatabaseAsync();
        await using var first = await OpenAsync(database);
        await using var second = await OpenAsync(database);
        var rule = new RateRule(1, 2, TimeSpan.Zero);

        var turns = new List<RateTurn>();
        foreach (var store in new[] { first, second, first, second })
        {
            turns.Add(await store.Rates.TakeAsync("alice", rule, CancellationToken.None));
        }

        Assert.Equal([true, true, false, false], turns.Select(t => t.IsGiven));
        Assert.InRange(turns[2].Wait.TotalSeconds, 1, 60);
        Assert.True((await second.Rates.TakeAsync("bob", rule, CancellationToken.None)).IsGiven);
    }

    [PostgresFact]
    public async Task A_call_that_may_queue_is_told_how_long()
    {
        await using var store = await OpenAsync(await server.NewDatabaseAsync());
        var rule = new RateRule(1, 1, TimeSpan.FromMinutes(2));

        await store.Rates.TakeAsync("alice", rule, CancellationToken.None);
        var second = await store.Rates.TakeAsync("alice", rule, CancellationToken.None);

        Assert.True(second.IsGiven);
        Assert.InRange(second.Wait.TotalSeconds, 1, 60);
    }

    [PostgresFact]
    public async Task A_database_that_was_started_anew_is_used_again_at_the_first_call()
    {
        var database = await server.NewDatabaseAsync();
        await using var store = await OpenAsync(database);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(i => store.Jobs.AddAsync($"job-{i}", "stopVirtualMachine", CancellationToken.None).AsTask()));
        await using (var other = NpgsqlDataSource.Create(database))
        {
            await using var end = other.CreateCommand("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()");
            await end.ExecuteNonQueryAsync();
        }

        Assert.Equal("stopVirtualMachine", await store.Jobs.FindAsync("job-1", CancellationToken.None));
        Assert.True(await store.UsedTokens.TryUseAsync("token", Later, CancellationToken.None));
    }

    [PostgresFact]
    public async Task A_wrong_password_or_place_is_one_clear_error_without_the_connection_string()
    {
        var error = await Assert.ThrowsAsync<CloudException>(() => PostgresStore.OpenAsync(
            "Host=127.0.0.1;Port=1;Username=u;Password=very-secret;Database=d;Timeout=2", TimeProvider.System, CancellationToken.None));

        Assert.Equal(ErrorCause.Unavailable, error.Cause);
        Assert.DoesNotContain("very-secret", error.ToString(), StringComparison.Ordinal);
    }

    private static Task<PostgresStore> OpenAsync(string database) =>
        PostgresStore.OpenAsync(database, TimeProvider.System, CancellationToken.None);
}
