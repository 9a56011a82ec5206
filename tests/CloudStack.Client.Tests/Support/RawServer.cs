using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace CloudStack.Client.Tests.Support;

/// <summary>A server on a loopback socket that answers with given bytes, over plain text or TLS.</summary>
internal sealed class RawServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<string, byte[]?> _answer;
    private readonly X509Certificate2? _certificate;

    /// <param name="answer">Gives the whole HTTP answer for a request's text; null closes the connection without one.</param>
    /// <param name="certificate">The certificate to speak TLS with, or null for plain text.</param>
    public RawServer(Func<string, byte[]?> answer, X509Certificate2? certificate = null)
    {
        _answer = answer;
        _certificate = certificate;
        _listener.Start();
        _ = Task.Run(ServeAsync);
    }

    public List<string> Received { get; } = [];

    /// <summary>How many connections were made.</summary>
    public int Connections { get; private set; }

    public string Authority => _listener.LocalEndpoint.ToString()!;

    public static byte[] Http(string head, byte[] body) =>
        [.. Encoding.ASCII.GetBytes($"HTTP/1.1 {head}\r\nContent-Length: {body.Length}\r\n\r\n"), .. body];

    /// <summary>A port that nothing listens on.</summary>
    public static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var connection = await _listener.AcceptTcpClientAsync();
                Connections++;
                _ = AnswerAndCloseAsync(connection);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAndCloseAsync(TcpClient connection)
    {
        using (connection)
        {
            await AnswerAsync(connection.GetStream());
        }
    }

    private async Task AnswerAsync(Stream stream)
    {
        try
        {
            if (_certificate is not null)
            {
                var tls = new SslStream(stream);
                await tls.AuthenticateAsServerAsync(_certificate);
                stream = tls;
            }

            while (await ReadAsync(stream) is { } request && _answer(request) is { } answer)
            {
                await stream.WriteAsync(answer);
                if (answer.AsSpan().IndexOf("Connection: close"u8) >= 0)
                {
                    return;
                }
            }
        }
        catch (Exception e) when (e is IOException or AuthenticationException)
        {
            // The client hung up.
        }
    }

    private async Task<string?> ReadAsync(Stream stream)
    {
        var buffer = new byte[64 * 1024];
        var read = 0;
        while (!IsWhole(buffer.AsSpan(0, read)))
        {
            var more = await stream.ReadAsync(buffer.AsMemory(read));
            if (more == 0)
            {
                return null;
            }

            read += more;
        }

        var request = Encoding.ASCII.GetString(buffer, 0, read);
        lock (Received)
        {
            Received.Add(request);
        }

        return request;
    }

    // Anything that doesn't look like HTTP, such as a TLS greeting, counts as whole at once.
    private static bool IsWhole(ReadOnlySpan<byte> request)
    {
        if (request.IsEmpty)
        {
            return false;
        }

        var head = request.IndexOf("\r\n\r\n"u8);
        if (!request.StartsWith("GET"u8) && !request.StartsWith("POST"u8))
        {
            return true;
        }

        if (head < 0)
        {
            return false;
        }

        var text = Encoding.ASCII.GetString(request[..head]);
        var at = text.IndexOf("Content-Length: ", StringComparison.OrdinalIgnoreCase);
        var length = at < 0 ? 0 : int.Parse(text[(at + 16)..].Split('\r')[0], System.Globalization.CultureInfo.InvariantCulture);
        return request.Length >= head + 4 + length;
    }
}
