using Cloud.Core.Errors;
using CloudStack.Client.Tests.Support;

namespace CloudStack.Client.Tests.Session;

/// <summary>Protocol note, sections 3.1 and 3.2: what is sent, in scripted answers.</summary>
[Trait("Protocol", "3.1")]
[Trait("Protocol", "3.2")]
public sealed class SessionTests
{
    private const string Login = """{"loginresponse":{"username":"admin","sessionkey":"sk-1","timeout":1800,"is2faenabled":"false","is2faverified":"true"}}""";
    private const string Expired = """{"r":{"uuidList":[],"errorcode":401,"errortext":"unable to verify user credentials"}}""";
    private const string Zones = """{"r":{"count":1,"zone":[{"id":"z"}]}}""";

    [Fact]
    public async Task The_first_call_logs_in_and_every_call_sends_key_and_cookies_in_a_post()
    {
        var server = new ScriptedServer().Then(_ => LoggedIn(Login)).Then(Zones).Then(Zones);
        var provider = Provider(server);

        await provider.SendAsync(Sample.Command("listZones"), CancellationToken.None);
        await provider.SendAsync(Sample.Command("listZones"), CancellationToken.None);

        Assert.Equal(["login", "listZones", "listZones"], server.Log.Select(r => r.Command));
        Assert.All(server.Log, r => Assert.Equal(("POST", "https://cloud.example.com/client/api"), (r.Method, r.Url)));
        Assert.Equal(("admin", "hunter22", "/Engineering"), (server.Log[0].Parameters["username"], server.Log[0].Parameters["password"], server.Log[0].Parameters["domain"]));
        Assert.Null(server.Log[0].Cookie);
        Assert.All(server.Log.Skip(1), r =>
        {
            Assert.Equal("sk-1", r.Parameters["sessionkey"]);
            Assert.Equal("JSESSIONID=node1; sessionkey=sk-1; SERVERID=a", r.Cookie);
            Assert.DoesNotContain("signature", r.Parameters.Keys);
        });
    }

    [Fact]
    public async Task A_session_that_has_expired_is_renewed_once_and_the_refused_call_repeated()
    {
        var server = new ScriptedServer().Then(_ => LoggedIn(Login)).Then(Expired, 401).Then(_ => LoggedIn(Login)).Then(Zones);

        await Provider(server).SendAsync(Sample.Command("listZones"), CancellationToken.None);

        Assert.Equal(["login", "listZones", "login", "listZones"], server.Log.Select(r => r.Command));
    }

    [Fact]
    public async Task A_second_refusal_in_a_row_is_told()
    {
        var server = new ScriptedServer().Then(_ => LoggedIn(Login)).Then(Expired, 401).Then(_ => LoggedIn(Login)).Then(Expired, 401);

        var error = await Assert.ThrowsAsync<CloudException>(() => Provider(server).SendAsync(Sample.Command("createUser"), CancellationToken.None));

        Assert.Equal(ErrorCause.Unauthorized, error.Cause);
        Assert.Equal(4, server.Log.Count);
    }

    [Fact]
    public async Task A_wrong_password_is_told_without_repeating_it()
    {
        var server = new ScriptedServer().Then(
            """{"loginresponse":{"uuidList":[],"errorcode":531,"errortext":"Failed to authenticate user admin in domain 1; please provide valid credentials"}}""", 531);

        var error = await Assert.ThrowsAsync<CloudException>(() => Provider(server).SendAsync(Sample.Command("listZones"), CancellationToken.None));

        Assert.Equal((ErrorCause.Unauthorized, "login"), (error.Cause, error.Command));
        Assert.DoesNotContain("hunter22", error.ToString(), StringComparison.Ordinal);
        Assert.Single(server.Log);
    }

    [Fact]
    public async Task A_second_factor_is_asked_for_and_sent()
    {
        var server = new ScriptedServer().Then(_ => LoggedIn(SecondFactor("totp"))).Then("""{"r":{"success":true}}""").Then(Zones);

        await Provider(server, ask: (_, _) => ValueTask.FromResult<string?>("123456")).SendAsync(Sample.Command("listZones"), CancellationToken.None);

        Assert.Equal("validateUserTwoFactorAuthenticationCode", server.Log[1].Command);
        Assert.Equal(("123456", "sk-1"), (server.Log[1].Parameters["codefor2fa"], server.Log[1].Parameters["sessionkey"]));
    }

    [Theory]
    [InlineData("totp", "needs a second factor")]
    [InlineData("", "has to set up a second factor")]
    public async Task A_second_factor_that_nobody_can_give_is_told(string provider, string message)
    {
        var server = new ScriptedServer().Then(_ => LoggedIn(SecondFactor(provider)));

        var error = await Assert.ThrowsAsync<CloudException>(() => Provider(server).SendAsync(Sample.Command("listZones"), CancellationToken.None));

        Assert.Equal(ErrorCause.SecondFactorRequired, error.Cause);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Logging_out_ends_the_session_and_the_next_call_logs_in_again()
    {
        var server = new ScriptedServer().Then(_ => LoggedIn(Login)).Then("""{"logoutresponse":{"description":"success"}}""").Then(_ => LoggedIn(Login)).Then(Zones);
        var client = new CloudStackClient(Connection(null), server, new FakeTime());

        await client.LogInAsync(CancellationToken.None);
        await client.LogOutAsync(CancellationToken.None);
        await client.LogOutAsync(CancellationToken.None);
        await new CloudStackProvider(client, Sample.Catalog).SendAsync(Sample.Command("listZones"), CancellationToken.None);

        Assert.Equal(["login", "logout", "login", "listZones"], server.Log.Select(r => r.Command));
    }

    [Fact]
    public async Task Many_calls_at_once_log_in_once()
    {
        var server = new ScriptedServer { Otherwise = r => r.Command == "login" ? LoggedIn(Login) : ScriptedServer.Json(Zones) };
        var provider = Provider(server);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => provider.SendAsync(Sample.Command("listZones"), CancellationToken.None)));

        Assert.Single(server.Log, r => r.Command == "login");
    }

    private static string SecondFactor(string provider) =>
        $$$"""{"loginresponse":{"sessionkey":"sk-1","is2faenabled":"true","is2faverified":"false","providerfor2fa":"{{{provider}}}"}}""";

    private static HttpResponseMessage LoggedIn(string json)
    {
        var answer = ScriptedServer.Json(json);
        answer.Headers.Add("Set-Cookie", ["JSESSIONID=node1; Path=/client; Secure", "sessionkey=sk-1; HttpOnly; SameSite=Lax", "SERVERID=a", "gone=; Max-Age=0", "broken"]);
        return answer;
    }

    private static CloudStackProvider Provider(ScriptedServer server, Func<SecondFactorQuestion, CancellationToken, ValueTask<string?>>? ask = null) =>
        Sample.Provider(server, connection: Connection(ask));

    private static CloudStackConnection Connection(Func<SecondFactorQuestion, CancellationToken, ValueTask<string?>>? ask) =>
        new("https://cloud.example.com", new SessionCredentials("admin", "hunter22", "/Engineering") { AskSecondFactor = ask });
}
