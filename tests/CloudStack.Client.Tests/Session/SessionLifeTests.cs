using Cloud.Core.Errors;
using Cloud.Core.Operations;
using CloudStack.Client.Tests.Simulated;
using CloudStack.Client.Tests.Support;
using CloudStack.Simulator;

namespace CloudStack.Client.Tests.Session;

/// <summary>Protocol note, sections 3.1, 3.2, 3.4 and 3.5: a session's life against a cloud that keeps it.</summary>
[Trait("Protocol", "3.1")]
[Trait("Protocol", "3.2")]
public sealed class SessionLifeTests : IDisposable
{
    private readonly SessionCloud _cloud = new();

    public void Dispose() => _cloud.Dispose();

    [Theory]
    [InlineData("Engineering")]
    [InlineData("/Engineering/")]
    [InlineData("ROOT/Engineering")]
    public async Task A_domain_is_named_by_its_path(string domain)
    {
        using var provider = _cloud.Open(_cloud.Connection(_cloud.Cloud.Credentials.User, domain: domain));

        Assert.NotEmpty((await ListAsync(provider)).Objects);
    }

    [Fact]
    public async Task A_domain_is_named_by_its_identifier()
    {
        var id = await Simulator.Tests.Support.SignedCaller.Root(_cloud.Cloud).IdOfAsync("listDomains", "Engineering");
        using var provider = _cloud.Open(_cloud.Connection(_cloud.Cloud.Credentials.User, domain: id));

        Assert.NotEmpty((await ListAsync(provider)).Objects);
    }

    [Fact]
    public async Task A_change_in_a_session_that_has_ended_is_made_once()
    {
        using var provider = _cloud.Open(Root);
        await ListAsync(provider);
        _cloud.Cloud.EndSessions();

        await provider.SendAsync(Sample.Command("createSSHKeyPair", ("name", "k")), CancellationToken.None);

        Assert.Equal(["login", "listZones", "createSSHKeyPair", "login", "createSSHKeyPair"], _cloud.Commands);
        Assert.Single(_cloud.Cloud.Requests, request => request is { Command: "createSSHKeyPair", Status: 200 });
    }

    [Fact]
    public async Task Many_calls_in_a_session_that_has_ended_renew_it_once()
    {
        using var provider = _cloud.Open(Root);
        await ListAsync(provider);
        _cloud.Cloud.EndSessions();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => ListAsync(provider)));

        Assert.Equal(2, _cloud.Commands.Count(command => command == "login"));
    }

    [Fact]
    public async Task A_session_outlives_a_restart_of_the_server_by_a_new_login()
    {
        using var provider = _cloud.Open(Root);
        await ListAsync(provider);

        _cloud.Cloud.Restart();

        Assert.NotEmpty((await ListAsync(provider)).Objects);
    }

    [Fact]
    public async Task A_refused_password_is_sent_once_however_many_calls_need_it()
    {
        using var client = new CloudStackClient(_cloud.Connection(_cloud.Cloud.Credentials.RootAdmin, password: "wr0ng"), _cloud.Cloud.CreateHandler());
        using var provider = new CloudStackProvider(client, Sample.Catalog);

        var errors = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Assert.ThrowsAsync<CloudException>(() => ListAsync(provider))));
        await Assert.ThrowsAsync<CloudException>(() => ListAsync(provider));

        Assert.All(errors, error => Assert.Equal((ErrorCause.Unauthorized, "login"), (error.Cause, error.Command)));
        Assert.All(errors, error => Assert.DoesNotContain("wr0ng", error.ToString(), StringComparison.Ordinal));
        Assert.Equal(["login"], _cloud.Commands);
        await Assert.ThrowsAsync<CloudException>(() => client.LogInAsync(CancellationToken.None));
        Assert.Equal(["login", "login"], _cloud.Commands);
    }

    [Theory]
    [InlineData(FaultKind.DropRequest)]
    [InlineData(FaultKind.DropAnswer)]
    [InlineData(FaultKind.TruncatedBody)]
    [InlineData(FaultKind.Refuse)]
    [InlineData(FaultKind.Throttle)]
    public async Task A_login_that_goes_wrong_on_the_way_is_tried_again_as_a_signed_request_is(FaultKind fault)
    {
        _cloud.Cloud.Faults.Inject(new SimulatorFault(fault) { Command = "login", Times = 2, RetryAfter = TimeSpan.FromMilliseconds(1) });
        using var provider = _cloud.Open(Root);

        await provider.SendAsync(Sample.Command("createSSHKeyPair", ("name", "k")), CancellationToken.None);

        Assert.Equal(["login", "login", "login", "createSSHKeyPair"], _cloud.Commands);
    }

    [Fact]
    public async Task Logging_out_ends_the_session_on_the_server_even_where_it_has_ended_already()
    {
        using var client = new CloudStackClient(Root, _cloud.Cloud.CreateHandler());
        await client.LogInAsync(CancellationToken.None);
        await client.LogOutAsync(CancellationToken.None);
        await client.LogInAsync(CancellationToken.None);
        _cloud.Cloud.EndSessions();

        await client.LogOutAsync(CancellationToken.None);

        Assert.Equal([200, 200, 200, 431], _cloud.Cloud.Requests.Select(request => request.Status));
    }

    [Fact]
    public async Task A_session_that_is_refused_never_falls_back_to_a_key()
    {
        var wire = new RecordingRequests(_cloud.Cloud.CreateHandler());
        using var provider = SimulatedSample.Provider(_cloud.Cloud, _cloud.Connection(_cloud.Cloud.Credentials.RootAdmin, password: "wr0ng"), wire);

        await Assert.ThrowsAsync<CloudException>(() => ListAsync(provider));

        Assert.All(wire.Log, request => Assert.DoesNotContain(request.Parameters.Keys, name => name is "apikey" or "signature"));
    }

    [Fact]
    public async Task A_key_that_is_refused_never_falls_back_to_a_login_or_a_cookie()
    {
        var wire = new RecordingRequests(_cloud.Cloud.CreateHandler());
        using var provider = SimulatedSample.Provider(
            _cloud.Cloud, new CloudStackConnection("https://simulator.example.com", new ApiKeyCredentials(SimulatedSample.RootKey, "not-it")), wire);

        await Assert.ThrowsAsync<CloudException>(() => ListAsync(provider));

        Assert.NotEmpty(wire.Log);
        Assert.All(wire.Log, request => Assert.Equal(("listZones", (string?)null, true), (
            request.Command is "listCapabilities" ? "listZones" : request.Command, request.Cookie, request.Parameters.ContainsKey("signature"))));
    }

    [Fact]
    [Trait("Protocol", "3.5")]
    public async Task A_key_that_may_not_be_used_is_refused_and_a_session_of_the_same_user_works()
    {
        var root = Simulator.Tests.Support.SignedCaller.Root(_cloud.Cloud);
        var dev = (await root.CallAsync("listUsers", ("listall", "true"), ("username", "dev"))).Items.Single().GetProperty("id").GetString()!;
        await root.DoAsync("updateUser", ("id", dev), ("apikeyaccess", "disabled"));
        using var byKey = SimulatedSample.Provider(_cloud.Cloud, SimulatedSample.Connection(_cloud.Cloud, _cloud.Cloud.Credentials.User));
        using var bySession = _cloud.Open(_cloud.Connection(_cloud.Cloud.Credentials.User));

        var error = await Assert.ThrowsAsync<CloudException>(() => ListAsync(byKey));

        Assert.Equal(ErrorCause.Unauthorized, error.Cause);
        Assert.Contains("API keys are allowed", error.NextStep, StringComparison.Ordinal);
        Assert.NotEmpty((await ListAsync(bySession)).Objects);
    }

    [Fact]
    [Trait("Protocol", "3.4")]
    public async Task A_user_of_another_way_in_is_told_to_use_keys()
    {
        var server = new ScriptedServer().Then(
            """{"loginresponse":{"uuidList":[],"errorcode":531,"errortext":"User is not allowed CloudStack login"}}""", 531);
        using var provider = Sample.Provider(server, connection: Root);

        var error = await Assert.ThrowsAsync<CloudException>(() => ListAsync(provider));

        Assert.Equal(ErrorCause.Forbidden, error.Cause);
        Assert.Contains("API keys", error.NextStep, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sessions_key_and_cookies_stay_out_of_an_echo_of_the_request()
    {
        var server = new ScriptedServer()
            .Then(_ =>
            {
                var answer = ScriptedServer.Json("""{"loginresponse":{"sessionkey":"s3ss+key/1="}}""");
                answer.Headers.Add("Set-Cookie", "JSESSIONID=c00kie-1; Path=/client");
                return answer;
            })
            .Then(request => ScriptedServer.Text($"oops: {request.Body} {request.Cookie}", "text/plain", 500));
        using var provider = Sample.Provider(server, connection: Root with { Retries = 0 });

        var error = await Assert.ThrowsAsync<CloudException>(() => ListAsync(provider));

        Assert.Contains("sessionkey=***", error.ServerText, StringComparison.Ordinal);
        Assert.DoesNotContain("s3ss", error.ToString() + error.ServerText, StringComparison.Ordinal);
        Assert.DoesNotContain("c00kie", error.ToString() + error.ServerText, StringComparison.Ordinal);
    }

    private CloudStackConnection Root => _cloud.Connection(_cloud.Cloud.Credentials.RootAdmin);

    private static Task<CommandReply> ListAsync(CloudStackProvider provider) => provider.SendAsync(Sample.Command("listZones"), CancellationToken.None);

    private sealed class RecordingRequests(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        public List<SentRequest> Log { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Log.Add(await SentRequest.ReadAsync(request));
            return await base.SendAsync(request, cancellationToken);
        }
    }
}
