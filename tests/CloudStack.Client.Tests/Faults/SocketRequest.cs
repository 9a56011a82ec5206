using System.Globalization;
using System.Net.Sockets;
using System.Text;
using CloudStack.Simulator;

namespace CloudStack.Client.Tests.Faults;

/// <summary>Reads one HTTP request from a socket.</summary>
internal static class SocketRequest
{
    /// <summary>Reads a request, or null where the client hung up.</summary>
    public static async Task<SimulatedRequest?> ReadAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        var buffer = new byte[64 * 1024];
        var (read, head) = (0, -1);
        while (head < 0)
        {
            var more = await stream.ReadAsync(buffer.AsMemory(read), cancellationToken);
            if (more == 0)
            {
                return null;
            }

            read += more;
            head = buffer.AsSpan(0, read).IndexOf("\r\n\r\n"u8);
        }

        var lines = Encoding.ASCII.GetString(buffer, 0, head).Split("\r\n");
        var headers = lines.Skip(1).Select(line => line.Split(": ", 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);
        var length = int.Parse(headers.GetValueOrDefault("Content-Length", "0"), CultureInfo.InvariantCulture);
        if (read < head + 4 + length)
        {
            await stream.ReadExactlyAsync(buffer.AsMemory(read, head + 4 + length - read), cancellationToken);
        }

        var start = lines[0].Split(' ');
        return new SimulatedRequest
        {
            Method = start[0],
            QueryString = start[1].Contains('?', StringComparison.Ordinal) ? start[1][(start[1].IndexOf('?', StringComparison.Ordinal) + 1)..] : "",
            Headers = headers,
            Body = buffer.AsMemory(head + 4, length),
        };
    }
}
