using System.Net;
using System.Net.Security;
using System.Security.Authentication;

namespace CloudStack.Client.Connection;

/// <summary>Sets up the HTTP handler of a connection.</summary>
internal static class ConnectionHandler
{
    public static SocketsHttpHandler Create(CloudStackConnection connection) => new()
    {
        // A redirect would carry the signed request to another host; a cookie jar would turn signed requests into session ones.
        AllowAutoRedirect = false,
        UseCookies = false,
        // What stays inside the machine costs more to compress than to carry.
        AutomaticDecompression = connection.Url.IsLoopback ? DecompressionMethods.None : DecompressionMethods.GZip | DecompressionMethods.Deflate,
        Proxy = connection.Proxy is { } proxy ? new WebProxy(proxy) : null,
        ConnectTimeout = connection.ConnectTimeout,
        MaxConnectionsPerServer = 50,
        // The server drops idle connections after 30 s; a change must not be written into one that's being dropped.
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(20),
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        MaxResponseHeadersLength = 64,
        SslOptions = new SslClientAuthenticationOptions
        {
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            RemoteCertificateValidationCallback = (_, certificate, chain, errors) => connection.Trust.Accepts(certificate, chain, errors),
        },
    };
}
