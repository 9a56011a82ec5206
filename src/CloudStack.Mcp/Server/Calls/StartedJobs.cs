namespace CloudStack.Mcp.Server.Calls;

/// <summary>Remembers which command started a job, so that its result can be read by that command's rules later.</summary>
internal sealed class StartedJobs
{
    private const int Most = 1000;

    private readonly Dictionary<string, string> _commands = new(StringComparer.OrdinalIgnoreCase);
    private readonly Queue<string> _order = new();

    /// <summary>Notes a job; the oldest is forgotten where there are too many.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="command">The API name of its command.</param>
    public void Add(string jobId, string command)
    {
        lock (_commands)
        {
            if (!_commands.TryAdd(jobId, command))
            {
                return;
            }

            _order.Enqueue(jobId);
            if (_order.Count > Most)
            {
                _commands.Remove(_order.Dequeue());
            }
        }
    }

    /// <summary>Finds the command that started a job.</summary>
    /// <param name="jobId">The job.</param>
    /// <returns>Its API name, or null where it isn't known.</returns>
    public string? Find(string jobId)
    {
        lock (_commands)
        {
            return _commands.GetValueOrDefault(jobId);
        }
    }
}
