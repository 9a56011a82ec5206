using Cloud.Core.Catalog;

namespace CloudStack.Simulator.Protocol;

/// <summary>The latest requests, without secrets.</summary>
internal sealed class RequestLog(int capacity)
{
    private const string Hidden = "***";
    private static readonly string[] AlwaysHidden =
        ["apikey", "signature", "sessionkey", "password", "currentpassword", "secretkey", "usersecretkey", "userapikey", "privatekey", "codefor2fa", "token"];

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
            var bare = RawArguments.Lower(name.Split('[')[0]);
            shown[name] = AlwaysHidden.Contains(bare) || command?.FindParameter(bare)?.Sensitive == true ? Hidden : value;
        }

        return shown;
    }
}
