using System.Security.Authentication;
using System.Text;
using CloudStack.Client.Connection;
using CloudStack.Client.Tests.Support;

namespace CloudStack.Client.Tests.Connection;

/// <summary>What the client's own handler is set to; what it does is in SocketTests and TlsTests.</summary>
public sealed class ConnectionOptionTests
{
    private const string Zones = """{"listzonesresponse":{"count":1,"zone":[{"id":"z","name":"fra1"}]}}""";

    [Fact]
    public void Up_to_fifty_connections_stay_open_for_less_than_the_servers_thirty_seconds()
    {
        using var handler = ConnectionHandler.Create(Sample.Connection);

        Assert.Equal(50, handler.MaxConnectionsPerServer);
        Assert.InRange(handler.PooledConnectionIdleTimeout, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(25));
    }

    [Fact]
    public void Nothing_older_than_tls_1_2_is_spoken()
    {
        using var handler = ConnectionHandler.Create(Sample.Connection);

        Assert.Equal(SslProtocols.Tls12 | SslProtocols.Tls13, handler.SslOptions.EnabledSslProtocols);
    }

    [Fact]
    public async Task More_calls_than_connections_wait_for_one()
    {
        var (open, most) = (0, 0);
        using var server = new RawServer(_ =>
        {
            InterlockedMax(ref most, Interlocked.Increment(ref open));
            Thread.Sleep(2);
            Interlocked.Decrement(ref open);
            return RawServer.Http("200 OK", Encoding.ASCII.GetBytes(Zones));
        });
        using var provider = CloudStackProvider.Create(Keys($"http://{server.Authority}"));

        await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => provider.SendAsync(Sample.Command("listZones"), CancellationToken.None)));

        Assert.Equal(200, server.Received.Count);
        Assert.InRange(most, 2, 50);
        Assert.InRange(server.Connections, 2, 50);
    }

    [Fact]
    public async Task A_proxy_gets_the_request_and_passes_it_on()
    {
        using var proxy = new RawServer(_ => RawServer.Http("200 OK", Encoding.ASCII.GetBytes(Zones)));
        using var provider = CloudStackProvider.Create(Keys("http://cloud.invalid") with { Proxy = new Uri($"http://{proxy.Authority}") });

        var reply = await provider.SendAsync(Sample.Command("listZones"), CancellationToken.None);

        Assert.Equal("fra1", Assert.Single(reply.Objects).GetText("name"));
        Assert.StartsWith("GET http://cloud.invalid/client/api?", Assert.Single(proxy.Received), StringComparison.Ordinal);
    }

    [Fact]
    public void A_request_is_never_passed_on_to_another_address_and_no_cookie_is_kept()
    {
        using var handler = ConnectionHandler.Create(Sample.Connection);

        Assert.False(handler.AllowAutoRedirect);
        Assert.False(handler.UseCookies);
    }

    private static CloudStackConnection Keys(string url) => new(url, new ApiKeyCredentials(Sample.ApiKey, Sample.SecretKey));

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = Volatile.Read(ref target); seen < value && Interlocked.CompareExchange(ref target, value, seen) != seen;)
        {
            seen = Volatile.Read(ref target);
        }
    }
}
