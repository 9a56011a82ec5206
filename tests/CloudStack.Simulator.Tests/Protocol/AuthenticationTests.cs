using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Tests.Support;

namespace CloudStack.Simulator.Tests.Protocol;

/// <summary>Protocol note, sections 2.1 to 2.4.</summary>
[Trait("Protocol", "2.1")]
[Trait("Protocol", "11.1")]
public sealed class AuthenticationTests : IDisposable
{
    private const string Failure = "unable to verify user credentials and/or request signature";
    private readonly SteppedClock _clock = new();
    private readonly SimulatedCloud _cloud;
    private readonly SignedCaller _root;

    public AuthenticationTests()
    {
        _cloud = new SimulatedCloud(new SimulatorOptions { Clock = _clock });
        _root = SignedCaller.Root(_cloud);
    }

    [Fact]
    [Trait("Protocol", "2.4")]
    public async Task Gives_one_and_the_same_answer_to_every_failure()
    {
        var known = _cloud.Credentials.RootAdmin;
        Reply[] failures =
        [
            await Send(_root.Sign("listZones") + "x"),
            await Send("command=listZones&response=json&apikey=" + known.ApiKey),
            await Send("command=listZones&response=json&signature=abc"),
            await _root.As(known with { ApiKey = "unknown" }).CallAsync("listZones"),
            await _root.As(known with { SecretKey = "wrong" }).CallAsync("listZones"),
            await _root.CallAsync("listZones", ("signatureversion", "3"), ("expires", "2031-02-03T04:05:05+0000")),
            await _root.CallAsync("listZones", ("signatureversion", "3")),
            await _root.CallAsync("listZones", ("signatureversion", "3"), ("expires", "tomorrow")),
        ];

        Assert.All(failures, failure =>
        {
            Assert.Equal((401, "listzonesresponse", Failure), (failure.Status, failure.EnvelopeName, failure.ErrorText));
            Assert.Equal("""{"listzonesresponse":{"uuidList":[],"errorcode":401,"errortext":"unable to verify user credentials and/or request signature"}}""", failure.Body);
        });
    }

    [Fact]
    [Trait("Protocol", "2.4")]
    public async Task Names_the_envelope_of_an_unknown_command_errorresponse_before_it_looks_at_any_key()
    {
        var reply = await Send("command=noSuchCommand&response=json");

        Assert.Equal((401, "errorresponse", Failure), (reply.Status, reply.EnvelopeName, reply.ErrorText));
    }

    [Fact]
    public async Task Signs_the_text_of_every_value_also_of_those_the_command_ignores()
    {
        var query = _root.Sign("listZones", ("other", "a"));

        Assert.Equal(200, (await Send(query)).Status);
        Assert.Equal(401, (await Send(query.Replace("other=a", "other=b", StringComparison.Ordinal))).Status);
    }

    [Fact]
    [Trait("Protocol", "2.3")]
    public async Task Takes_a_signature_in_time_and_ignores_expiry_under_another_version()
    {
        Assert.Equal(200, (await _root.CallAsync("listZones", ("signatureVersion", "3"), ("Expires", "2031-02-03T04:05:06+0000"))).Status);
        Assert.Equal(200, (await _root.CallAsync("listZones", ("signatureversion", "2"), ("expires", "1999-01-01T00:00:00+0000"))).Status);
        _clock.Step(TimeSpan.FromMilliseconds(1));
        Assert.Equal(401, (await _root.CallAsync("listZones", ("signatureversion", "3"), ("expires", "2031-02-03T04:05:06+0000"))).Status);
    }

    [Theory]
    [InlineData("2031-02-03T04:05:06+0000", true)]
    [InlineData("2031-02-03T04:05:06Z", true)]
    [InlineData("2031-02-03T04:05:06+00:00", true)]
    [InlineData("2031-02-03T05:05:06+01:00", true)]
    [InlineData("2031-02-03T04:05:06.123Z", true)]
    [InlineData("2031-02-03T04:05:06Z+0000", true)]
    [InlineData("2031-02-03T04:05:06.123+0000", false)]
    [InlineData("2031-02-03T04:05:06", false)]
    [InlineData("2031-02-03", false)]
    [InlineData("+0000", false)]
    [InlineData("", false)]
    [Trait("Protocol", "2.3")]
    public void Reads_the_expiry_forms_that_the_server_reads(string text, bool isRead)
    {
        Assert.Equal(isRead, ServerDate.TryParse(text, out var date));
        if (isRead)
        {
            Assert.Equal(new DateTime(2031, 2, 3, 4, 5, 6), date.UtcDateTime.AddMilliseconds(-date.Millisecond));
        }
    }

    [Fact]
    public async Task Looks_at_the_role_before_the_signature()
    {
        var reply = await _root.As(_cloud.Credentials.User with { SecretKey = "wrong" }).CallAsync("listHosts");

        Assert.Equal((432, "errorresponse"), (reply.Status, reply.EnvelopeName));
        Assert.StartsWith("The API [listHosts] does not exist or is not available for the account for user id [", reply.ErrorText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_the_keys_of_disabled_users_and_accounts()
    {
        var user = _root.As(_cloud.Credentials.User);
        var id = (await user.CallAsync("listUsers", ("username", "dev"))).Items[0].GetProperty("id").GetString()!;
        await _root.FinishAsync("disableUser", ("id", id));
        Assert.Equal(401, (await user.CallAsync("listZones")).Status);

        await _root.DoAsync("enableUser", ("id", id));
        Assert.Equal(200, (await user.CallAsync("listZones")).Status);

        await _root.FinishAsync("disableAccount", ("id", await _root.IdOfAsync("listAccounts", "web-team")), ("lock", "false"));
        Assert.Equal(401, (await user.CallAsync("listZones")).Status);
    }

    [Fact]
    public async Task Gives_new_keys_and_forgets_the_old_ones()
    {
        var id = (await _root.CallAsync("listUsers", ("username", "fin"), ("listall", "true"))).Items[0].GetProperty("id").GetString()!;
        var keys = (await _root.DoAsync("registerUserKeys", ("id", id))).Item;
        var renewed = _cloud.Credentials.OtherUser with
        {
            ApiKey = keys.GetProperty("apikey").GetString()!,
            SecretKey = keys.GetProperty("secretkey").GetString()!,
        };

        Assert.Equal(401, (await _root.As(_cloud.Credentials.OtherUser).CallAsync("listZones")).Status);
        Assert.Equal(200, (await _root.As(renewed).CallAsync("listZones")).Status);
    }

    public void Dispose() => _cloud.Dispose();

    private async Task<Reply> Send(string query) => new(await _cloud.HandleAsync(new SimulatedRequest { QueryString = query }));
}
