using Cloud.Core.Operations;
using CloudStack.Client;

namespace CloudStack.Mcp.CommandLine.Doctor.Server;

/// <summary>The checks of a server, in the order in which each needs the one before.</summary>
internal static class ServerChecks
{
    /// <summary>A connection for checks: asked once, and not for long.</summary>
    /// <param name="connection">The connection.</param>
    public static CloudStackConnection Impatient(CloudStackConnection connection) => connection with
    {
        Retries = 0,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        ReadTimeout = TimeSpan.FromSeconds(30),
    };

    /// <summary>The checks on the way to a server, and of what it says.</summary>
    /// <param name="url">The API's full address.</param>
    /// <param name="provider">The cloud there.</param>
    /// <param name="time">The clock.</param>
    public static IReadOnlyList<ICheck> Over(Uri url, ICloudProvider provider, TimeProvider time)
    {
        var route = Route.To(url);
        var api = new ApiCheck(url, time);
        return
        [
            new UrlCheck(url), new DnsCheck(route), new TcpCheck(route), new TlsCheck(url, route, time), api, new ClockCheck(api),
            .. Of(provider),
        ];
    }

    /// <summary>The checks of what a cloud says.</summary>
    /// <param name="provider">The cloud.</param>
    public static IReadOnlyList<ICheck> Of(ICloudProvider provider)
    {
        var signature = new SignatureCheck(provider);
        return [signature, new CallerCheck(provider), new VersionCheck(provider.Catalog, signature), new JobCheck(provider)];
    }
}
