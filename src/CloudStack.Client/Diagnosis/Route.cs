using System.Net;

namespace CloudStack.Client.Diagnosis;

/// <summary>Where a connection to a server is opened to: the server itself, or the proxy that this machine is set to use.</summary>
/// <param name="Host">The host, without brackets.</param>
/// <param name="Port">The port.</param>
/// <param name="IsProxy">True for a proxy.</param>
internal sealed record Route(string Host, int Port, bool IsProxy)
{
    /// <summary>Finds the way to a server, as the client's HTTP handler does.</summary>
    /// <param name="connection">The connection.</param>
    public static Route To(CloudStackConnection connection)
    {
        var url = connection.Url;
        var proxy = connection.Proxy is { } own ? new WebProxy(own) : HttpClient.DefaultProxy;
        return !proxy.IsBypassed(url) && proxy.GetProxy(url) is { } through && through != url
            ? new Route(through.IdnHost, through.Port, true)
            : new Route(url.IdnHost, url.Port, false);
    }

    /// <summary>The host and port, and that it's a proxy.</summary>
    public override string ToString() => IsProxy ? $"the proxy {Host}:{Port}" : $"{Host}:{Port}";
}
