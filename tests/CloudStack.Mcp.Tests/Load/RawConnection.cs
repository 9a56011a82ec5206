using System.Net.Sockets;
using System.Text;

namespace CloudStack.Mcp.Tests.Load;

/// <summary>A connection by hand, for what no client library does.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp);

    public async Task ConnectAsync(Uri url) => await _socket.ConnectAsync(url.Host, url.Port);

    public static string Head(Uri url, long length, string more = "") =>
        $"POST {url.AbsolutePath} HTTP/1.1\r\nHost: {url.Authority}\r\nContent-Type: application/json\r\nAccept: application/json, text/event-stream\r\n"
        + $"{more}Content-Length: {length}\r\n\r\n";

    public async Task SendAsync(string text) => await _socket.SendAsync(Encoding.UTF8.GetBytes(text));

    /// <summary>Takes as little as can be of what isn't read; to be set before it's connected.</summary>
    public void TakeLittle() => _socket.ReceiveBufferSize = 4096;

    /// <summary>Says that nothing more will be sent, and goes on reading.</summary>
    public void CloseHalf() => _socket.Shutdown(SocketShutdown.Send);

    /// <summary>Reads to the end of the connection.</summary>
    public async Task<string> ReadAsync()
    {
        using var all = new MemoryStream();
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        try
        {
            await using var stream = new NetworkStream(_socket, ownsSocket: false);
            await stream.CopyToAsync(all, timeout.Token);
        }
        catch (IOException)
        {
            // The server broke the connection off; what came before counts.
        }

        return Encoding.UTF8.GetString(all.ToArray());
    }

    public void Dispose() => _socket.Dispose();
}
