using Cloud.Core.Catalog;
using Cloud.Core.Security;

namespace CloudStack.Simulator.Protocol;

/// <summary>The latest requests, without secrets.</summary>
internal sealed class RequestLog(int capacity)
{
    private readonly Queue<RequestLogEntry> _entries = new();
    private long _count;

    public IReadOnlyList<RequestLogEntry> Entries
    {
        get
        {
            lock (_entries)
            {
                return [.. _entries];
            }
        }
    }

    public void Add(Exchange exchange, int status)
    {
        var shown = Redact(exchange.Command, exchange.Parameters);
        lock (_entries)
        {
            _entries.Enqueue(new RequestLogEntry(
                ++_count, exchange.Time, exchange.Request.Method, exchange.Parameters?.Exact("command"), shown,
                exchange.Caller?.User.Text("username"), status, exchange.ChangedState));
            while (_entries.Count > capacity)
            {
                _entries.Dequeue();
            }
        }
    }

    private static Dictionary<string, string> Redact(CommandSpec? command, RequestParameters? parameters)
    {
        var shown = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in parameters?.Values ?? new Dictionary<string, string>())
        {
            var parts = name.Split('[', 2);
            var isSecret = command?.FindParameter(parts[0]) is { } parameter ? Redaction.IsSecret(parameter) : Redaction.IsSecretName(parts[0]);
            shown[name] = isSecret || Redaction.IsSecretName(name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..]) ? Redaction.Mask : value;
        }

        return shown;
    }
}
