using CloudStack.Mcp.Server.Calls;

namespace CloudStack.Mcp.Stores.Postgres;

/// <summary>The commands behind started jobs, so that every replica can read a job's result. They're kept for two days; CloudStack forgets jobs sooner.</summary>
/// <param name="store">The database.</param>
/// <param name="time">The clock.</param>
internal sealed class PostgresStartedJobs(PostgresStore store, TimeProvider time) : IStartedJobs
{
    private readonly Housekeeping _tidy = new(time);

    /// <inheritdoc/>
    public async ValueTask AddAsync(string jobId, string command, CancellationToken cancellationToken)
    {
        await store.ScalarAsync(
            "insert into cloudstack_mcp.started_jobs (job, command) values ($1, $2) on conflict do nothing", cancellationToken, jobId, command);
        if (_tidy.IsDue())
        {
            await store.ScalarAsync("delete from cloudstack_mcp.started_jobs where noted < now() - interval '2 days'", cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<string?> FindAsync(string jobId, CancellationToken cancellationToken) =>
        await store.ScalarAsync("select command from cloudstack_mcp.started_jobs where job = $1", cancellationToken, jobId) as string;
}
