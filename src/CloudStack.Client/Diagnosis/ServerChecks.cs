using Cloud.Core.Operations;

namespace CloudStack.Client.Diagnosis;

/// <summary>The checks of a server, in the order in which each needs the one before.</summary>
public static class ServerChecks
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
    /// <param name="connection">Where and as whom.</param>
    /// <param name="provider">The cloud there.</param>
    /// <param name="time">The clock.</param>
    public static IReadOnlyList<ICheck> Over(CloudStackConnection connection, ICloudProvider provider, TimeProvider time) =>
        [.. Towards(connection, time), .. Of(provider)];

    /// <summary>The checks on the way to a server, which need no keys.</summary>
    /// <param name="connection">Where.</param>
    /// <param name="time">The clock.</param>
    public static IReadOnlyList<ICheck> Towards(CloudStackConnection connection, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(connection);
        var route = Route.To(connection);
        var api = new ApiCheck(connection, time);
        return
        [
            new UrlCheck(connection.Url), new DnsCheck(route), new TcpCheck(route),
            new TlsCheck(connection.Url, route, connection.Trust, time), api, new ClockCheck(api),
        ];
    }

    /// <summary>The checks of what a cloud says.</summary>
    /// <param name="provider">The cloud.</param>
    public static IReadOnlyList<ICheck> Of(ICloudProvider provider)
    {
        ArgumentNullException.ThrowIfNull(provider);
        var signature = new SignatureCheck(provider);
        return
        [
            signature, new CallerCheck(provider), new VersionCheck(provider.Catalog, signature), new OfferCheck(provider),
            new JobCheck(provider),
        ];
    }
}
