using System.Net.Sockets;
using Cloud.Core.Confirmations;
using Cloud.Core.Errors;
using CloudStack.Mcp.Server.Calls;
using Npgsql;

namespace CloudStack.Mcp.Stores.Postgres;

/// <summary>A store in a PostgreSQL database, for several replicas of one server.</summary>
internal sealed class PostgresStore : SharedStore
{
    // Any number does, as long as every replica takes the same.
    private const long SchemaLock = 0x636D_6370_0001;

    private const string Schema = """
        create schema if not exists cloudstack_mcp;
        create table if not exists cloudstack_mcp.used_tokens (token text primary key, expires timestamptz not null);
        create index if not exists used_tokens_expires on cloudstack_mcp.used_tokens (expires);
        create table if not exists cloudstack_mcp.started_jobs (
            job text primary key, command text not null, noted timestamptz not null default now());
        create index if not exists started_jobs_noted on cloudstack_mcp.started_jobs (noted);
        create unlogged table if not exists cloudstack_mcp.rates (caller text primary key, paid_until timestamptz not null);
        """;

    private readonly NpgsqlDataSource _source;

    private PostgresStore(NpgsqlDataSource source, TimeProvider time)
    {
        _source = source;
        UsedTokens = new PostgresUsedTokens(this, time);
        Jobs = new PostgresStartedJobs(this, time);
        Rates = new PostgresRateCounter(this, time);
    }

    /// <inheritdoc/>
    public override IUsedTokens UsedTokens { get; }

    /// <inheritdoc/>
    public override IStartedJobs Jobs { get; }

    /// <inheritdoc/>
    public override IRateCounter Rates { get; }

    /// <inheritdoc/>
    public override string Place => "PostgreSQL";

    /// <summary>Opens a store, and makes its tables where they aren't there; replicas that start at once wait for each other.</summary>
    /// <param name="connectionString">The connection string, in Npgsql's words.</param>
    /// <param name="time">The clock; what the replicas share goes by the database's own.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <exception cref="CloudException">The connection string is wrong, or the database can't be used.</exception>
    public static async Task<PostgresStore> OpenAsync(string connectionString, TimeProvider time, CancellationToken cancellationToken)
    {
        var store = Of(connectionString, time);
        try
        {
            await store.RunAsync(store.CreateTablesAsync, cancellationToken);
            return store;
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    /// <summary>A store whose tables may not be there yet; nothing is sent yet.</summary>
    /// <param name="connectionString">The connection string, in Npgsql's words.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="CloudException">The connection string is wrong.</exception>
    public static PostgresStore Of(string connectionString, TimeProvider time) => new(Source(connectionString), time);

    /// <inheritdoc/>
    public override Task CheckAsync(CancellationToken cancellationToken) => ScalarAsync("select 1", cancellationToken);

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => _source.DisposeAsync();

    /// <summary>Runs a statement.</summary>
    /// <param name="sql">Its text.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <param name="values">Its values, by position.</param>
    /// <returns>The first value of its first row, or null.</returns>
    /// <exception cref="CloudException"><see cref="ErrorCause.Unavailable"/>: the database can't be used.</exception>
    public async Task<object?> ScalarAsync(string sql, CancellationToken cancellationToken, params object[] values)
    {
        await using var command = _source.CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return await RunAsync(command.ExecuteScalarAsync, cancellationToken);
    }

    private static NpgsqlDataSource Source(string connectionString)
    {
        try
        {
            return NpgsqlDataSource.Create(connectionString);
        }
        catch (ArgumentException)
        {
            // The message would repeat parts of the text, which holds a password.
            throw new CloudException(
                ErrorCause.InvalidArgument,
                "The shared store's connection string can't be read.",
                "Write it in Npgsql's words: Host=db;Database=cloudstack_mcp;Username=mcp;Password=…");
        }
    }

    // Where the database was started anew, every connection kept for reuse is dead, and says so when it's used. Each statement
    // here may be carried out twice: at worst a call counts as two, or a token that was being redeemed counts as used.
    private async Task<object?> RunOverAsync(Func<CancellationToken, Task<object?>> run, CancellationToken cancellationToken)
    {
        try
        {
            return await run(cancellationToken);
        }
        catch (NpgsqlException error) when (
            error is PostgresException { SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown } || error.InnerException is IOException)
        {
            _source.Clear();
            return await run(cancellationToken);
        }
    }

    private async Task<object?> CreateTablesAsync(CancellationToken cancellationToken)
    {
        await using var connection = await _source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var command = new NpgsqlCommand($"select pg_advisory_xact_lock({SchemaLock}); {Schema}", connection, transaction);
        await command.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return null;
    }

    private async Task<object?> RunAsync(Func<CancellationToken, Task<object?>> run, CancellationToken cancellationToken)
    {
        try
        {
            return await RunOverAsync(run, cancellationToken);
        }
        catch (Exception error) when (error is NpgsqlException or SocketException or TimeoutException or InvalidOperationException)
        {
            throw new CloudException(
                ErrorCause.Unavailable,
                $"The shared store (PostgreSQL) can't be used: {(error as PostgresException)?.MessageText ?? error.Message}",
                "Check that the database runs and that its user may create tables; try again then.",
                error);
        }
    }
}
