using CloudStack.Simulator.Tests.Support;

namespace CloudStack.Simulator.Tests.Protocol;

/// <summary>Protocol note, sections 3.1 and 3.2.</summary>
[Trait("Protocol", "3.1")]
[Trait("Protocol", "3.2")]
[Trait("Protocol", "11.6")]
public sealed class SessionTests : IDisposable
{
    private readonly SteppedClock _clock = new();
    private readonly SimulatedCloud _cloud;

    public SessionTests() => _cloud = new SimulatedCloud(new SimulatorOptions { Clock = _clock });

    [Fact]
    public async Task Logs_in_by_post_with_two_cookies_and_a_key()
    {
        var reply = await LogInAsync("admin", "password");

        Assert.Equal("loginresponse", reply.EnvelopeName);
        Assert.Equal(1800, reply.Content.GetProperty("timeout").GetInt32());
        Assert.Equal("1", reply.Content.GetProperty("type").GetString());
        Assert.Equal("false", reply.Content.GetProperty("is2faenabled").GetString());
        Assert.Equal(27, Key(reply).Length);
        Assert.Collection(
            reply.Headers("Set-Cookie"),
            cookie => Assert.StartsWith("JSESSIONID=", cookie, StringComparison.Ordinal),
            cookie => Assert.StartsWith("sessionkey=" + Key(reply), cookie, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Answers_login_by_get_with_bare_text()
    {
        var reply = new Reply(await _cloud.HandleAsync(new SimulatedRequest { QueryString = "command=login&username=admin&password=password&response=json" }));

        Assert.Equal((405, "Please use HTTP POST to authenticate using this API"), (reply.Status, reply.Body));
    }

    [Theory]
    [InlineData("admin", "wrong", "")]
    [InlineData("nobody", "password", "")]
    [InlineData("dev", "password", "/Finance")]
    public async Task Refuses_wrong_credentials_without_a_detail_code(string user, string password, string domain)
    {
        var reply = await LogInAsync(user, password, domain);

        Assert.Equal((531, "loginresponse"), (reply.Status, reply.EnvelopeName));
        Assert.False(reply.Content.TryGetProperty("cserrorcode", out _));
        Assert.DoesNotContain("wrong", reply.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Engineering")]
    [InlineData("/Engineering")]
    [InlineData("/Engineering/")]
    [InlineData("ROOT/Engineering")]
    public async Task Finds_the_domain_with_or_without_slashes(string domain) =>
        Assert.Equal(200, (await LogInAsync("dev", "password", domain)).Status);

    [Fact]
    public async Task Finds_login_in_any_case() =>
        Assert.Equal(200, new Reply(await _cloud.HandleAsync(SignedCaller.Form("command=LOGIN&username=admin&password=password&response=json"))).Status);

    [Fact]
    public async Task Runs_commands_for_cookie_and_key_together()
    {
        var login = await LogInAsync("admin", "password");

        Assert.Equal(200, (await CallAsync(login, Key(login), "listZones")).Status);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("wrong")]
    public async Task Destroys_the_session_over_a_missing_or_wrong_key(string? key)
    {
        var login = await LogInAsync("admin", "password");

        var first = await CallAsync(login, key, "listZones");
        var second = await CallAsync(login, Key(login), "listZones");

        Assert.Equal((401, "unable to verify user credentials"), (first.Status, first.ErrorText));
        Assert.Equal((401, "unable to verify user credentials and/or request signature"), (second.Status, second.ErrorText));
    }

    [Fact]
    public async Task Forgets_an_idle_session_after_half_an_hour()
    {
        var login = await LogInAsync("admin", "password");
        _clock.Step(TimeSpan.FromMinutes(29));
        Assert.Equal(200, (await CallAsync(login, Key(login), "listZones")).Status);
        _clock.Step(TimeSpan.FromMinutes(31));
        Assert.Equal(401, (await CallAsync(login, Key(login), "listZones")).Status);
    }

    [Fact]
    public async Task Ends_the_session_at_logout()
    {
        var login = await LogInAsync("admin", "password");

        var logout = await CallAsync(login, Key(login), "logout");

        Assert.Equal("""{"logoutresponse":{"description":"success"}}""", logout.Body);
        Assert.Equal(401, (await CallAsync(login, Key(login), "listZones")).Status);
        Assert.Equal("Session not found for the logout process.", (await CallAsync(login, Key(login), "logout")).ErrorText);
    }

    [Fact]
    [Trait("Protocol", "5.1")]
    public async Task Answers_432_to_unknown_and_forbidden_commands()
    {
        var root = await LogInAsync("admin", "password");
        var user = await LogInAsync("dev", "password", "/Engineering");

        var unknown = await CallAsync(root, Key(root), "noSuchCommand");
        var forbidden = await CallAsync(user, Key(user), "listHosts");

        Assert.Equal((432, "errorresponse", "Unknown API command: noSuchCommand"), (unknown.Status, unknown.EnvelopeName, unknown.ErrorText));
        Assert.Equal((432, "errorresponse"), (forbidden.Status, forbidden.EnvelopeName));
    }

    [Fact]
    public async Task Runs_as_the_sessions_user_whatever_key_the_request_carries()
    {
        var login = await LogInAsync("dev", "password", "/Engineering");
        var request = Request(login, "response=json&sessionkey=" + Key(login) + "&" + SignedCaller.Root(_cloud).Sign("listAccounts", ("listall", "true")));

        var reply = new Reply(await _cloud.HandleAsync(request));

        Assert.Equal(["web-team"], reply.Names);
    }

    public void Dispose() => _cloud.Dispose();

    private async Task<Reply> LogInAsync(string user, string password, string domain = "") => new(await _cloud.HandleAsync(
        SignedCaller.Form($"command=login&username={user}&password={password}&domain={Uri.EscapeDataString(domain)}&response=json")));

    private async Task<Reply> CallAsync(Reply login, string? key, string command) => new(await _cloud.HandleAsync(
        Request(login, $"command={command}&response=json" + (key is null ? "" : "&sessionkey=" + Uri.EscapeDataString(key)))));

    private static SimulatedRequest Request(Reply login, string query) => new()
    {
        QueryString = query,
        Headers = new Dictionary<string, string> { ["Cookie"] = string.Join("; ", login.Headers("Set-Cookie").Select(c => c.Split(';')[0])) },
    };

    private static string Key(Reply login) => login.Content.GetProperty("sessionkey").GetString()!;
}
