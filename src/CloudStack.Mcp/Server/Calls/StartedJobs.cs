namespace CloudStack.Mcp.Server.Calls;

/// <summary>Remembers started jobs in the memory of one process; the oldest is forgotten where there are too many.</summary>
internal sealed class StartedJobs : IStartedJobs
{
    private const int Most = 1000;

    private readonly Dictionary<string, string> _commands = new(StringComparer.OrdinalIgnoreCase);
    private readonly Queue<string> _order = new();

    /// <inheritdoc/>
    public ValueTask AddAsync(string jobId, string command, CancellationToken cancellationToken)
    {
        lock (_commands)
        {
            if (_commands.TryAdd(jobId, command))
            {
                _order.Enqueue(jobId);
            }

            if (_order.Count > Most)
            {
                _commands.Remove(_order.Dequeue());
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<string?> FindAsync(string jobId, CancellationToken cancellationToken)
    {
        lock (_commands)
        {
            return ValueTask.FromResult(_commands.GetValueOrDefault(jobId));
        }
    }
}
