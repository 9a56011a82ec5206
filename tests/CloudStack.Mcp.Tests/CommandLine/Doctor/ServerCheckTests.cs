using System.Net;
using System.Net.Sockets;
using CloudStack.Client;
using CloudStack.Client.Diagnosis;
using CloudStack.Mcp.Simulation;
using CloudStack.Simulator;

namespace CloudStack.Mcp.Tests.CommandLine.Doctor;

/// <summary>What the doctor says of servers, well and ill, over real sockets.</summary>
public sealed class ServerCheckTests
{
    private const string Secret = "no-such-secret-key";

    [Fact]
    public async Task A_server_in_good_order_passes_every_check_and_is_left_as_it_was()
    {
        using var cloud = new SimulatedCloud();
        await using var host = await SimulatorHost.StartAsync(cloud, IPAddress.Loopback, 0, CancellationToken.None);
        var version = cloud.StateVersion;

        var findings = await ExamineAsync(host.Url, cloud.Credentials.RootAdmin);

        Assert.Equal(
            ["url", "dns", "tcp", "tls", "api", "clock", "signature", "caller", "version", "commands", "jobs"], findings.Select(f => f.Check));
        Assert.All(findings, f => Assert.Equal(f.Check == "tls" ? Verdict.Skipped : Verdict.Ok, f.Finding.Verdict));
        Assert.Equal("account admin of domain ROOT, role Root Admin", Detail(findings, "caller"));
        Assert.Equal("CloudStack 4.22.0.0", Detail(findings, "version"));
        Assert.Equal(version, cloud.StateVersion);
        Assert.DoesNotContain(cloud.Requests, request => request.ChangedState);
    }

    [Fact]
    public async Task The_callers_role_is_named()
    {
        using var cloud = new SimulatedCloud();
        await using var host = await SimulatorHost.StartAsync(cloud, IPAddress.Loopback, 0, CancellationToken.None);

        var findings = await ExamineAsync(host.Url, cloud.Credentials.User);

        Assert.Equal("account web-team of domain Engineering, role User", Detail(findings, "caller"));
    }

    [Fact]
    public async Task A_wrong_secret_is_told_from_a_wrong_address_and_shown_nowhere()
    {
        using var cloud = new SimulatedCloud();
        await using var host = await SimulatorHost.StartAsync(cloud, IPAddress.Loopback, 0, CancellationToken.None);

        var findings = await ExamineAsync(host.Url, cloud.Credentials.RootAdmin with { SecretKey = Secret });

        Assert.Equal(Verdict.Ok, Of(findings, "api").Verdict);
        var signature = Of(findings, "signature");
        Assert.Equal(Verdict.Fail, signature.Verdict);
        Assert.Contains("secret key", signature.Detail, StringComparison.Ordinal);
        Assert.StartsWith("Check both keys", signature.Next, StringComparison.Ordinal);
        Assert.All(Skipped(findings, "caller", "version", "commands", "jobs"), f => Assert.Equal("not checked, since 'signature' failed", f.Detail));
        Assert.All(findings, f => Assert.DoesNotContain(Secret, f.Finding.ToString(), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("4.15.2.0", "Warn", "older than the catalog's")]
    [InlineData("4.99.0.0", "Warn", "newer than the catalog's")]
    [InlineData("4.22.3.1-SNAPSHOT", "Ok", "CloudStack 4.22.3.1-SNAPSHOT")]
    [InlineData("unheard of", "Skipped", "unknown")]
    public async Task The_servers_release_is_compared_with_the_catalogs(string release, string verdict, string part)
    {
        using var cloud = new SimulatedCloud(new SimulatorOptions { ServerVersion = release });
        await using var host = await SimulatorHost.StartAsync(cloud, IPAddress.Loopback, 0, CancellationToken.None);

        var version = Of(await ExamineAsync(host.Url, cloud.Credentials.RootAdmin), "version");

        Assert.Equal(verdict, version.Verdict.ToString());
        Assert.Contains(part, version.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_where_nobody_listens_fails_at_the_port()
    {
        var findings = await ExamineAsync(new Uri($"http://127.0.0.1:{ClosedPort()}/client/api"));

        Assert.Equal(Verdict.Fail, Of(findings, "tcp").Verdict);
        Assert.Contains("takes no connection", Detail(findings, "tcp"), StringComparison.Ordinal);
        Skipped(findings, "tls", "api", "clock", "signature", "caller", "version", "commands", "jobs");
    }

    [Fact]
    public async Task A_name_that_nobody_knows_fails_at_the_name()
    {
        var findings = await ExamineAsync(new Uri("https://cloud.invalid/client/api"));

        Assert.Equal(Verdict.Fail, Of(findings, "dns").Verdict);
        Skipped(findings, "tcp", "tls", "api", "clock", "signature", "caller", "version", "commands", "jobs");
    }

    public static TheoryData<string, string, string> OtherServers => new()
    {
        { FixedServer.Http("200 OK", "text/html", "<html>Welcome</html>"), "text/html", "Check the address" },
        { FixedServer.Http("404 Not Found", "application/json", """{"error":"no such page"}"""), "application/json", "Check the address" },
        { FixedServer.Http("200 OK", "application/json", ""), "HTTP 200", "Check the address" },
        { FixedServer.Http("302 Found", "text/plain", "", "Location: https://login.example/start?state=1\r\n"), "https://login.example/start", "Use the address" },
        { "SSH-2.0-OpenSSH_9.2\r\n", "connection broke", "Check the port" },
    };

    [Theory]
    [MemberData(nameof(OtherServers))]
    public async Task A_server_that_is_no_CloudStack_fails_at_the_API(string answer, string part, string next)
    {
        await using var server = new FixedServer(answer);

        var findings = await ExamineAsync(server.Url);

        var api = Of(findings, "api");
        Assert.Equal(Verdict.Fail, api.Verdict);
        Assert.Contains(part, api.Detail, StringComparison.Ordinal);
        Assert.StartsWith(next, api.Next, StringComparison.Ordinal);
        Assert.DoesNotContain("state=1", api.Detail, StringComparison.Ordinal);
        Skipped(findings, "clock", "signature", "caller", "version", "commands", "jobs");
    }

    [Theory]
    [InlineData(2, "Ok", "apart")]
    [InlineData(180, "Warn", "180 s ahead")]
    [InlineData(-700, "Warn", "700 s behind")]
    [InlineData(1200, "Fail", "expired before they arrive")]
    public async Task Clocks_that_differ_are_told(int seconds, string verdict, string part)
    {
        var now = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        await using var server = new FixedServer(FixedServer.Unsigned($"Date: {now.AddSeconds(seconds):R}\r\n"));

        var clock = Of(await ExamineAsync(server.Url, time: new StoppedTime(now)), "clock");

        Assert.Equal(verdict, clock.Verdict.ToString());
        Assert.Contains(part, clock.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_does_not_tell_its_time_leaves_the_clock_unknown()
    {
        await using var server = new FixedServer(FixedServer.Unsigned());

        var clock = Of(await ExamineAsync(server.Url), "clock");

        Assert.Equal(Finding.Skipped("unknown, since the server doesn't tell its time"), clock);
    }

    [Theory]
    [InlineData("http://203.0.113.7/client/api", "plain HTTP")]
    [InlineData("https://203.0.113.7/cloud/api", "unusual path")]
    public async Task An_address_that_should_be_looked_at_is_a_warning(string url, string part)
    {
        var finding = await new UrlCheck(new Uri(url)).RunAsync(CancellationToken.None);

        Assert.Equal(Verdict.Warn, finding.Verdict);
        Assert.Contains(part, finding.Detail, StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<(string Check, Finding Finding)>> ExamineAsync(
        Uri url, SimulatorUser? user = null, TimeProvider? time = null)
    {
        var credentials = new ApiKeyCredentials(user?.ApiKey ?? "key", user?.SecretKey ?? Secret);
        var connection = ServerChecks.Impatient(new CloudStackConnection(url.AbsoluteUri, credentials));
        using var provider = CloudStackProvider.Create(connection);
        var examination = new Examination((_, _) => { });
        await examination.RunChainAsync(ServerChecks.Over(connection, provider, time ?? TimeProvider.System), CancellationToken.None);
        return examination.Findings;
    }

    private static Finding Of(IReadOnlyList<(string Check, Finding Finding)> findings, string check) =>
        findings.Single(f => f.Check == check).Finding;

    private static string Detail(IReadOnlyList<(string Check, Finding Finding)> findings, string check) => Of(findings, check).Detail;

    private static List<Finding> Skipped(IReadOnlyList<(string Check, Finding Finding)> findings, params string[] checks)
    {
        var skipped = findings.Where(f => f.Finding.Verdict == Verdict.Skipped).ToList();
        Assert.Equal(checks, skipped.Select(f => f.Check).Where(c => c != "tls" || checks.Contains("tls")));
        return [.. skipped.Where(f => f.Check != "tls").Select(f => f.Finding)];
    }

    private static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private sealed class StoppedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
