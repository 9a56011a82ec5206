using CloudStack.Simulator.Tests.Support;

namespace CloudStack.Simulator.Tests.Protocol;

/// <summary>Protocol note, section 1.</summary>
[Trait("Protocol", "1")]
[Trait("Protocol", "11.2")]
public sealed class RequestFormTests : IDisposable
{
    private readonly SimulatedCloud _cloud = new();
    private readonly SignedCaller _root;

    public RequestFormTests() => _root = SignedCaller.Root(_cloud);

    [Fact]
    public async Task Reads_a_query_and_a_form_alike()
    {
        Assert.Equal(["fra1", "ams1"], (await _root.CallAsync("listZones")).Names);
        Assert.Equal(["fra1", "ams1"], (await _root.PostAsync("listZones")).Names);
    }

    [Theory]
    [InlineData("name=ams1", "name=fra1", "fra1")]
    [InlineData("", "name=fra1&name=ams1", "ams1")]
    [InlineData("name=fra1&name=ams1", "", "fra1")]
    public async Task Lets_the_url_win_then_its_last_value_then_the_bodys_first(string body, string query, string expected)
    {
        // What is signed is what the server makes of the request, not how it was written.
        var signed = _root.Sign("listZones", ("name", expected)).Split('&').Where(pair => !pair.StartsWith("name=", StringComparison.Ordinal));

        var reply = new Reply(await _cloud.HandleAsync(SignedCaller.Form(string.Join('&', [.. signed, body])) with { QueryString = query }));

        Assert.Equal([expected], reply.Names);
    }

    [Fact]
    public async Task Keeps_a_bare_name_as_an_empty_value()
    {
        var query = _root.Sign("listZones", ("keyword", "")).Replace("keyword=", "keyword", StringComparison.Ordinal);

        Assert.Equal(2, new Reply(await _cloud.HandleAsync(new SimulatedRequest { QueryString = query })).Count);
    }

    [Fact]
    public async Task Reads_plus_as_a_blank_and_escapes_as_utf8()
    {
        await _root.DoAsync("createDomain", ("name", "Zürich + サーバー"));

        var query = _root.Sign("listDomains", ("name", "Zürich + サーバー")).Replace("%20", "+", StringComparison.Ordinal);

        Assert.Equal(1, new Reply(await _cloud.HandleAsync(new SimulatedRequest { QueryString = query })).Count);
    }

    [Theory]
    [InlineData("command=listZones&x=%zz")]
    [InlineData("command=listZones&x=%4")]
    public async Task Answers_a_broken_escape_with_the_containers_page(string query)
    {
        var reply = new Reply(await _cloud.HandleAsync(new SimulatedRequest { QueryString = query }));

        Assert.Equal(400, reply.Status);
        Assert.StartsWith("<html>", reply.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reads_no_json_body()
    {
        var request = SignedCaller.Form("""{"command":"listZones"}""") with
        {
            Headers = new Dictionary<string, string> { ["Content-Type"] = "application/json" },
            QueryString = "response=json",
        };

        var reply = new Reply(await _cloud.HandleAsync(request));

        Assert.Equal((401, "null"), (reply.Status, reply.EnvelopeName));
    }

    [Fact]
    public async Task Refuses_a_body_a_query_and_a_form_that_are_too_large()
    {
        Assert.Equal(413, (await _cloud.HandleAsync(SignedCaller.Form(new string('a', 1_048_577)))).Status);
        Assert.Equal(414, (await _cloud.HandleAsync(new SimulatedRequest { QueryString = new string('a', 9_000) })).Status);
        Assert.Equal(400, (await _cloud.HandleAsync(SignedCaller.Form(string.Join('&', Enumerable.Range(0, 5_001))))).Status);
    }

    [Fact]
    public async Task Knows_commands_only_in_their_exact_case()
    {
        var reply = await _root.CallAsync("listzones");

        Assert.Equal((401, "errorresponse"), (reply.Status, reply.EnvelopeName));
    }

    [Fact]
    public async Task Ignores_the_case_of_ordinary_parameters_and_unknown_ones_altogether()
    {
        Assert.Equal(["fra1"], (await _root.CallAsync("listZones", ("NaMe", "fra1"), ("nosuchthing", "1"))).Names);
    }

    [Fact]
    public async Task Answers_xml_unless_json_is_asked_for()
    {
        var reply = await AnswerTo("xml");

        Assert.Equal("text/xml; charset=UTF-8", reply.Header("Content-Type"));
        Assert.Contains("<listzonesresponse cloud-stack-version=\"4.22.0.0\"><count>1</count><zone>", reply.Body, StringComparison.Ordinal);
        Assert.Contains("<name>fra1</name>", reply.Body, StringComparison.Ordinal);
        Assert.Contains("<localstorageenabled>false</localstorageenabled>", reply.Body, StringComparison.Ordinal);
        Assert.StartsWith("{", (await AnswerTo("JSON")).Body, StringComparison.Ordinal);

        async Task<Reply> AnswerTo(string response) => new(await _cloud.HandleAsync(new SimulatedRequest
        {
            QueryString = SignedCaller.Sign(
                [("command", "listZones"), ("name", "fra1"), ("response", response), ("apikey", _cloud.Credentials.RootAdmin.ApiKey)],
                _cloud.Credentials.RootAdmin.SecretKey),
        }));
    }

    [Theory]
    [InlineData("a\tb", 431)]
    [InlineData("a\u0001b", 431)]
    [InlineData("a\u007fb", 431)]
    [InlineData("a\r\nb", 200)]
    public async Task Refuses_control_characters_but_line_ends(string value, int status)
    {
        var reply = await _root.PostAsync("createDomain", ("name", value));

        Assert.Equal(status, reply.Status);
    }

    [Fact]
    public async Task Refuses_changes_by_get_where_that_is_switched_on()
    {
        using var strict = new SimulatedCloud(new SimulatorOptions { EnforcePost = true });
        var unsigned = new Reply(await strict.HandleAsync(new SimulatedRequest { QueryString = "command=createDomain&name=x&response=json" }));
        var version2 = await ListAsync();
        var version3 = await ListAsync(("signatureversion", "3"), ("expires", Expiry(10)));
        var farAhead = await ListAsync(("signatureversion", "3"), ("expires", Expiry(16)));

        Assert.Equal(400, unsigned.Status);
        Assert.Equal("State changing command createDomain needs to be sent using POST request", unsigned.ErrorText);
        Assert.Equal((401, 200, 401), (version2.Status, version3.Status, farAhead.Status));

        async Task<Reply> ListAsync(params (string Name, string Value)[] more) => new(await strict.HandleAsync(new SimulatedRequest
        {
            QueryString = SignedCaller.Sign(
                [("command", "listZones"), ("response", "json"), ("apikey", strict.Credentials.RootAdmin.ApiKey), .. more],
                strict.Credentials.RootAdmin.SecretKey),
        }));

        string Expiry(int minutes) => Cloud.Core.Objects.WireDate.Format(strict.Options.Clock.GetUtcNow().AddMinutes(minutes));
    }

    [Fact]
    public async Task Implements_no_other_method() =>
        Assert.Equal(405, (await _cloud.HandleAsync(new SimulatedRequest { Method = "PUT", QueryString = _root.Sign("listZones") })).Status);

    public void Dispose() => _cloud.Dispose();
}
