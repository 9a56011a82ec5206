using System.Net.Sockets;
using System.Text;
using CloudStack.Simulator;

namespace CloudStack.Client.Tests.Faults;

/// <summary>Writes an answer to a socket, as a fault leaves it.</summary>
internal static class SocketAnswer
{
    /// <summary>Writes an answer, or less than that.</summary>
    /// <returns>False where the connection ends with it.</returns>
    public static async Task<bool> WriteAsync(NetworkStream stream, SimulatedResponse answer, WireFault fault, CancellationToken cancellationToken)
    {
        var body = answer.Body;
        switch (fault)
        {
            case WireFault.ResetAfterProcessing:
                return false;
            case WireFault.StallAfterProcessing:
                await Task.Delay(Timeout.Infinite, cancellationToken);
                return false;
            case WireFault.HalfAnswer:
                await stream.WriteAsync(Head(answer, body.Length), cancellationToken);
                await stream.WriteAsync(body[..(body.Length / 2)], cancellationToken);
                return false;
            case WireFault.WrongLength:
                await stream.WriteAsync(Head(answer, body.Length + 7), cancellationToken);
                await stream.WriteAsync(body, cancellationToken);
                stream.Socket.Shutdown(SocketShutdown.Send);
                return false;
            case WireFault.SlowDrip:
                await DripAsync(stream, answer, cancellationToken);
                return true;
            default:
                await stream.WriteAsync(Head(answer, body.Length, fault == WireFault.BadGzip ? "Content-Encoding: gzip\r\n" : ""), cancellationToken);
                await stream.WriteAsync(body, cancellationToken);
                return true;
        }
    }

    private static async Task DripAsync(NetworkStream stream, SimulatedResponse answer, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(Head(answer, answer.Body.Length), cancellationToken);
        for (var rest = answer.Body; !rest.IsEmpty;)
        {
            var drop = Math.Min(rest.Length, (answer.Body.Length / 4) + 1);
            await stream.WriteAsync(rest[..drop], cancellationToken);
            await Task.Delay(5, cancellationToken);
            rest = rest[drop..];
        }
    }

    private static byte[] Head(SimulatedResponse answer, int length, string more = "") => Encoding.ASCII.GetBytes(
        $"HTTP/1.1 {answer.Status} x\r\n{more}Content-Length: {length}\r\n"
        + string.Concat(answer.Headers.Select(header => $"{header.Key}: {header.Value}\r\n")) + "\r\n");
}
