using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CloudStack.Client.Tests.Support;

/// <summary>A server on a loopback socket that reads one request per connection and answers with given bytes.</summary>
internal sealed class RawServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<string, byte[]?> _answer;

    /// <param name="answer">Gives the whole HTTP answer for a request's text; null closes the connection without one.</param>
    public RawServer(Func<string, byte[]?> answer)
    {
        _answer = answer;
        _listener.Start();
        _ = Task.Run(ServeAsync);
    }

    public List<string> Received { get; } = [];

    public string Authority => _listener.LocalEndpoint.ToString()!;

    public static byte[] Http(string head, byte[] body) =>
        [.. Encoding.ASCII.GetBytes($"HTTP/1.1 {head}\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n"), .. body];

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
                using var connection = await _listener.AcceptTcpClientAsync();
                await AnswerAsync(connection.GetStream());
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(NetworkStream stream)
    {
        var buffer = new byte[64 * 1024];
        var read = 0;
        try
        {
            while (!IsWhole(buffer.AsSpan(0, read)))
            {
                var more = await stream.ReadAsync(buffer.AsMemory(read));
                if (more == 0)
                {
                    return;
                }

                read += more;
            }

            var request = Encoding.ASCII.GetString(buffer, 0, read);
            lock (Received)
            {
                Received.Add(request);
            }

            if (_answer(request) is { } answer)
            {
                await stream.WriteAsync(answer);
            }
        }
        catch (IOException)
        {
            // The client hung up.
        }
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
