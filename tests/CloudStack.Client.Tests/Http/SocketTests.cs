using System.IO.Compression;
using System.Text;
using Cloud.Core.Errors;
using CloudStack.Client.Tests.Support;

namespace CloudStack.Client.Tests.Http;

/// <summary>The client's own HTTP handler against real sockets: what became of a request is read from how the connection ended.</summary>
public sealed class SocketTests
{
    private const string Zones = """{"listzonesresponse":{"count":1,"zone":[{"id":"z","name":"fra1"}]}}""";

    [Theory]
    [InlineData("listZones")]
    [InlineData("createUser")]
    public async Task A_closed_port_is_unreachable_and_nothing_was_sent(string command)
    {
        var error = await Refused($"http://127.0.0.1:{RawServer.ClosedPort()}", command);

        Assert.Equal(ErrorCause.Unreachable, error.Cause);
        Assert.Contains("nothing was sent", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_closed_after_the_request_leaves_a_change_unknown_and_is_not_repeated()
    {
        using var server = new RawServer(_ => null);

        var error = await Refused($"http://{server.Authority}", "createUser");

        Assert.Equal(ErrorCause.OutcomeUnknown, error.Cause);
        Assert.Single(server.Received);
    }

    [Fact]
    public async Task Half_an_answer_leaves_a_change_unknown_and_is_not_repeated()
    {
        using var server = new RawServer(_ => Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 500\r\n\r\n{\"r\":"));

        var error = await Refused($"http://{server.Authority}", "createUser");

        Assert.Equal(ErrorCause.OutcomeUnknown, error.Cause);
        Assert.Single(server.Received);
    }

    [Fact]
    public async Task A_pooled_connection_closed_under_a_change_does_not_send_it_again()
    {
        using var server = new RawServer(request =>
            request.StartsWith("GET", StringComparison.Ordinal) ? RawServer.Http("200 OK", Encoding.ASCII.GetBytes(Zones)) : null);
        using var provider = Provider($"http://{server.Authority}");
        await provider.SendAsync(Sample.Command("listZones"), CancellationToken.None);

        var error = await Assert.ThrowsAsync<CloudException>(() => provider.SendAsync(Sample.Command("createUser"), CancellationToken.None));

        Assert.Equal(ErrorCause.OutcomeUnknown, error.Cause);
        Assert.Single(server.Received, request => request.StartsWith("POST", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_plain_port_asked_for_tls_is_told_from_a_wrong_certificate()
    {
        using var server = new RawServer(_ => RawServer.Http("400 Bad Request", []));

        var error = await Refused($"https://{server.Authority}", "createUser");

        Assert.Equal(ErrorCause.Unreachable, error.Cause);
        Assert.Contains("TLS", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_compressed_answer_is_read()
    {
        using var server = new RawServer(request =>
        {
            Assert.Contains("gzip", request, StringComparison.Ordinal);
            return RawServer.Http("200 OK\r\nContent-Encoding: gzip\r\nContent-Type: application/json", Compress(Zones));
        });

        using var provider = Provider("http://cloud.example", new Uri($"http://{server.Authority}"));
        var reply = await provider.SendAsync(Sample.Command("listZones"), CancellationToken.None);

        Assert.Equal("fra1", Assert.Single(reply.Objects).GetText("name"));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    public async Task Nothing_is_compressed_that_stays_inside_the_machine(string host)
    {
        using var server = new RawServer(_ => RawServer.Http("200 OK", Encoding.ASCII.GetBytes(Zones)));
        using var provider = Provider($"http://{host}:{new Uri($"http://{server.Authority}").Port}");

        await provider.SendAsync(Sample.Command("listZones"), CancellationToken.None);

        Assert.DoesNotContain("Accept-Encoding", Assert.Single(server.Received), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_redirect_is_not_followed_to_another_host()
    {
        using var other = new RawServer(_ => RawServer.Http("200 OK", Encoding.ASCII.GetBytes(Zones)));
        using var server = new RawServer(_ => RawServer.Http($"302 Found\r\nLocation: http://{other.Authority}/client/api", []));

        var error = await Refused($"http://{server.Authority}", "listZones");

        Assert.Contains("redirects", error.Message, StringComparison.Ordinal);
        Assert.Empty(other.Received);
    }

    [Fact]
    public async Task Cookies_that_a_server_sets_are_not_sent_back_with_signed_requests()
    {
        using var server = new RawServer(_ => RawServer.Http("200 OK\r\nSet-Cookie: JSESSIONID=x; Path=/", Encoding.ASCII.GetBytes(Zones)));
        using var provider = Provider($"http://{server.Authority}");

        await provider.SendAsync(Sample.Command("listZones"), CancellationToken.None);
        await provider.SendAsync(Sample.Command("listZones"), CancellationToken.None);

        Assert.All(server.Received, request => Assert.DoesNotContain("JSESSIONID", request, StringComparison.Ordinal));
        Assert.Equal(2, server.Received.Count);
    }

    private static async Task<CloudException> Refused(string url, string command) =>
        await Assert.ThrowsAsync<CloudException>(() => Provider(url).SendAsync(Sample.Command(command), CancellationToken.None));

    private static CloudStackProvider Provider(string url, Uri? proxy = null) => CloudStackProvider.Create(
        new CloudStackConnection(url, new ApiKeyCredentials(Sample.ApiKey, Sample.SecretKey))
        {
            Proxy = proxy,
            RetryDelay = TimeSpan.FromMilliseconds(1),
            Retries = 2,
        });

    private static byte[] Compress(string text)
    {
        var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return target.ToArray();
    }
}
