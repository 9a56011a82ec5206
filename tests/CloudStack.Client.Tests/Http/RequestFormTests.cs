using CloudStack.Client.Tests.Support;

namespace CloudStack.Client.Tests.Http;

/// <summary>Protocol note, sections 1 and 2: what is sent, and how.</summary>
[Trait("Protocol", "1")]
public sealed class RequestFormTests
{
    private const string Ticket = """{"r":{"jobid":"j-1"}}""";
    private const string Empty = """{"r":{}}""";

    [Fact]
    [Trait("Protocol", "2.1")]
    public void A_read_goes_by_get_with_a_signature_that_the_server_accepts()
    {
        var sent = Sent(Empty, "listZones", ("keyword", "Zürich & [x] ~*"));

        Assert.Equal("GET", sent.Method);
        Assert.Equal("json", sent.Parameters["response"]);
        Assert.True(ServerRule.Accepts(sent, Sample.SecretKey, new FakeTime().GetUtcNow()));
    }

    [Fact]
    public void A_change_goes_by_post_with_nothing_in_its_url()
    {
        var sent = Sent(Ticket, "startVirtualMachine", ("id", Sample.Id));

        Assert.Equal("POST", sent.Method);
        Assert.Equal("https://cloud.example.com/client/api", sent.Url);
        Assert.True(ServerRule.Accepts(sent, Sample.SecretKey, new FakeTime().GetUtcNow()));
    }

    [Fact]
    [Trait("Protocol", "2.3")]
    public void The_signature_expires_ten_minutes_from_now_in_utc() =>
        Assert.Equal("2031-02-03T04:15:06+0000", Sent(Empty, "listZones").Parameters["expires"]);

    [Fact]
    public void An_asynchronous_command_carries_a_job_id_of_its_own_in_lower_case()
    {
        var id = Sent(Ticket, "startVirtualMachine", ("id", Sample.Id)).Parameters["customjobid"];

        Assert.True(Guid.TryParseExact(id, "D", out _));
        Assert.Equal(id.ToLowerInvariant(), id);
    }

    [Fact]
    public void A_synchronous_command_carries_none() =>
        Assert.DoesNotContain("customjobid", Sent("""{"r":{"success":true}}""", "deleteSSHKeyPair", ("name", "k")).Parameters.Keys);

    [Fact]
    public void A_read_that_would_make_a_long_url_goes_by_post() =>
        Assert.Equal("POST", Sent(Empty, "listVirtualMachines", ("keyword", new string('x', 6000))).Method);

    [Fact]
    public void A_read_with_a_secret_goes_by_post() =>
        Assert.Equal("POST", Sent(Empty, "listZones", ("password", "hidden-text")).Method);

    [Theory]
    [InlineData("getUploadParamsForVolume")]
    [InlineData("login")]
    [InlineData("createZone")]
    [InlineData("getDiagnosticsData")]
    public void What_is_not_a_plain_read_never_goes_by_get(string command) =>
        Assert.False(Client.Wire.ReadRule.MayUseGet(Sample.Catalog.FindCommand(command)!));

    [Fact]
    public void Only_commands_that_a_strict_server_takes_by_get_go_by_get()
    {
        var byGet = Sample.Catalog.Commands.Where(Client.Wire.ReadRule.MayUseGet).ToList();

        Assert.InRange(byGet.Count, 200, 300);
        Assert.All(byGet, spec => Assert.False(spec.Mutates || spec.IsAsync));
    }

    [Fact]
    [Trait("Protocol", "2.1")]
    public void The_signature_survives_its_own_plus_slash_and_equals_signs()
    {
        // Enough requests that some signature holds each of the three.
        var seen = "";
        for (var i = 0; i < 50; i++)
        {
            var sent = Sent(Empty, "listZones", ("keyword", $"k{i}"));
            Assert.True(ServerRule.Accepts(sent, Sample.SecretKey, new FakeTime().GetUtcNow()));
            seen += sent.Parameters["signature"];
        }

        Assert.Contains('+', seen);
        Assert.Contains('/', seen);
        Assert.Contains('=', seen);
    }

    private static SentRequest Sent(string answer, string command, params (string Name, object Value)[] arguments)
    {
        var server = new ScriptedServer().Then(answer);
        Sample.Send(server, command, arguments);
        return Assert.Single(server.Log);
    }
}
