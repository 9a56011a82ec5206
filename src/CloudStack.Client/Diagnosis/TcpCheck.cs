using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace CloudStack.Client.Diagnosis;

/// <summary>The port of the server, or of the proxy to it.</summary>
/// <param name="route">The way to the server.</param>
internal sealed class TcpCheck(Route route) : ICheck
{
    /// <summary>How long a connection may take to come about.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    public string Name => "tcp";

    public async Task<Finding> RunAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Longest);
        using var client = new TcpClient();
        var begun = Stopwatch.GetTimestamp();
        try
        {
            await client.ConnectAsync(route.Host, route.Port, limit.Token).ConfigureAwait(false);
            var took = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
            return Finding.Ok(string.Create(CultureInfo.InvariantCulture, $"{route} takes connections ({took:0} ms)"));
        }
        catch (SocketException error)
        {
            return Finding.Fail(
                $"{route} takes no connection: {error.Message}", "Check the port, that the management server runs, and firewalls on the way.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Finding.Fail(
                $"{route} doesn't answer within {Longest.TotalSeconds} s", "Check the address and port; a firewall on the way may drop the packets.");
        }
    }
}
