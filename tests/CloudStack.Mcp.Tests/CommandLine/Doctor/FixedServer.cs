using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace CloudStack.Mcp.Tests.CommandLine.Doctor;

/// <summary>A server on a loopback port that answers everything with the same bytes.</summary>
internal sealed class FixedServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2? _certificate;
    private readonly CancellationTokenSource _end = new();
    private readonly byte[] _answer;
    private readonly Task _serving;

    public FixedServer(string answer, X509Certificate2? certificate = null)
    {
        _answer = Encoding.UTF8.GetBytes(answer);
        _certificate = certificate;
        _listener.Start();
        _serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public Uri Url => new($"{(_certificate is null ? "http" : "https")}://127.0.0.1:{Port}/client/api");

    /// <summary>A whole HTTP answer.</summary>
    public static string Http(string status, string type, string body, string headers = "") =>
        $"HTTP/1.1 {status}\r\nContent-Type: {type}\r\n{headers}Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}";

    /// <summary>What a management server answers to a request without a signature.</summary>
    public static string Unsigned(string headers = "") => Http(
        "401 Unauthorized", "application/json", """{"listcapabilitiesresponse":{"uuidList":[],"errorcode":401,"errortext":"unable to verify user credentials"}}""", headers);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _serving;
        _listener.Dispose();
        _end.Dispose();
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            try
            {
                using var client = await _listener.AcceptTcpClientAsync(_end.Token);
                await AnswerAsync(client, _end.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception error) when (error is IOException or System.Security.Authentication.AuthenticationException)
            {
                // A client that went away, or that trusts no such certificate.
            }
        }
    }

    private async Task AnswerAsync(TcpClient client, CancellationToken end)
    {
        Stream stream = client.GetStream();
        if (_certificate is not null)
        {
            var tls = new SslStream(stream);
            await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, end);
            stream = tls;
        }

        // Closing with unread bytes would reset the connection before the answer is read.
        var request = new byte[8192];
        if (await stream.ReadAsync(request, end) > 0)
        {
            await stream.WriteAsync(_answer, end);
            await stream.FlushAsync(end);
        }
    }
}
