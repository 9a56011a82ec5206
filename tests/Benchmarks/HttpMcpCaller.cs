using System.Net.Sockets;
using System.Text;

namespace Benchmarks;

/// <summary>Calls one tool over one connection. Bytes are written and read as they are, so that no client library's time is measured.</summary>
internal sealed class HttpMcpCaller : IDisposable
{
    private const string Call = "\"method\":\"tools/call\",\"params\":{\"name\":\"cloud_read\",\"arguments\":{\"command\":\"listZones\",\"arguments\":{\"name\":\"fra1\"}}";

    private const string Initialize =
        """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"benchmark","version":"1"}}}""";

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _buffer = new byte[64 * 1024];
    private byte[] _call = [];

    public static async Task<HttpMcpCaller> ConnectAsync(Uri url, bool stateless)
    {
        var caller = new HttpMcpCaller();
        await caller._socket.ConnectAsync(url.Host, url.Port);
        if (stateless)
        {
            caller._call = Request(
                url,
                "MCP-Protocol-Version: 2026-07-28\r\nMcp-Method: tools/call\r\nMcp-Name: cloud_read\r\n",
                "{\"jsonrpc\":\"2.0\",\"id\":2," + Call + ",\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\",\"io.modelcontextprotocol/clientCapabilities\":{}}}}");
            return caller;
        }

        var greeting = await caller.SendAsync(Request(url, "", Initialize));
        var session = greeting.Split("\r\n").Single(line => line.StartsWith("Mcp-Session-Id: ", StringComparison.OrdinalIgnoreCase));
        caller._call = Request(url, $"{session}\r\nMCP-Protocol-Version: 2025-11-25\r\n", "{\"jsonrpc\":\"2.0\",\"id\":2," + Call + "}}");
        return caller;
    }

    /// <summary>Calls the tool.</summary>
    /// <exception cref="InvalidOperationException">The answer is an error.</exception>
    public async Task CallAsync()
    {
        var length = await ExchangeAsync(_call);
        var answer = _buffer.AsSpan(0, length);
        if (answer.IndexOf("200 OK"u8) < 0 || answer.IndexOf("\"isError\":true"u8) >= 0 || answer.IndexOf("fra1"u8) < 0)
        {
            throw new InvalidOperationException(Encoding.UTF8.GetString(answer));
        }
    }

    public void Dispose() => _socket.Dispose();

    private static byte[] Request(Uri url, string headers, string body) => Encoding.UTF8.GetBytes(
        $"POST {url.AbsolutePath} HTTP/1.1\r\nHost: {url.Authority}\r\nContent-Type: application/json\r\nAccept: application/json, text/event-stream\r\n"
        + $"{headers}Content-Length: {body.Length}\r\n\r\n{body}");

    private async Task<string> SendAsync(byte[] request) => Encoding.UTF8.GetString(_buffer, 0, await ExchangeAsync(request));

    // An answer comes in chunks; an empty one ends it.
    private async Task<int> ExchangeAsync(byte[] request)
    {
        await _socket.SendAsync(request);
        var length = 0;
        while (!_buffer.AsSpan(0, length).EndsWith("\r\n0\r\n\r\n"u8))
        {
            var read = await _socket.ReceiveAsync(_buffer.AsMemory(length));
            length += read > 0 ? read : throw new InvalidOperationException(Encoding.UTF8.GetString(_buffer, 0, length));
        }

        return length;
    }
}
