using System.Net;
using System.Net.Sockets;

namespace CloudStack.Client.Diagnosis;

/// <summary>The name of the server, or of the proxy to it.</summary>
/// <param name="route">The way to the server.</param>
internal sealed class DnsCheck(Route route) : ICheck
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    public string Name => "dns";

    public async Task<Finding> RunAsync(CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(route.Host, out _))
        {
            return Finding.Ok($"{route.Host} is an address already");
        }

        try
        {
            var addresses = await Dns.GetHostAddressesAsync(route.Host, cancellationToken).WaitAsync(Longest, cancellationToken).ConfigureAwait(false);
            return Finding.Ok($"{route.Host} is {string.Join(", ", addresses.Take(4).Select(address => address.ToString()))}");
        }
        catch (Exception error) when (error is SocketException or ArgumentException)
        {
            return Finding.Fail($"{route.Host} is unknown: {error.Message}", "Check the name for typing mistakes, and this machine's DNS and VPN.");
        }
        catch (TimeoutException)
        {
            return Finding.Fail($"nobody told the address of {route.Host} within {Longest.TotalSeconds} s", "Check this machine's DNS and VPN.");
        }
    }
}
