using System.Net;
using System.Text.Json;
using CloudStack.Mcp.Authentication;
using CloudStack.Mcp.Tests.Operation;

namespace CloudStack.Mcp.Tests.Authentication;

public sealed class CallerGateTests
{
    private static readonly string Key = ApiKey.New();

    private static readonly string Callers = $$"""
        "callers": { "keys": [{ "name": "ci", "hash": "{{ApiKey.Hash(Key)}}", "roles": ["reader"] }] }
        """;

    [Fact]
    public async Task Who_shows_a_key_is_let_in_by_either_header_and_named_on_record()
    {
        await using var server = await OperatedServer.StartAsync(Callers);

        var client = await server.ConnectAsync(Key);
        var answer = await client.ReadAsync("listZones");

        Assert.False(answer.IsError, answer.Text);
        Assert.Equal("key:ci", server.Audit.Last().GetProperty("caller").GetString());
        Assert.Equal(HttpStatusCode.OK, (await server.PostAsync((CallerGate.KeyHeader, Key))).Status);
    }

    [Theory]
    [InlineData("Authorization", null)]
    [InlineData("Authorization", "Bearer ")]
    [InlineData("Authorization", "Bearer wrong")]
    [InlineData("Authorization", "Basic YTpi")]
    [InlineData("X-API-Key", "csmcp_0000")]
    public async Task Nobody_else_is(string header, string? value)
    {
        await using var server = await OperatedServer.StartAsync(Callers);

        var answer = await server.PostAsync(value is null ? [] : [(header, value)]);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
        Assert.StartsWith("Bearer", answer.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_credential_is_on_record_without_itself_and_guessing_is_slowed_down()
    {
        await using var server = await OperatedServer.StartAsync(Callers);

        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 15; i++)
        {
            answers.Add((await server.PostAsync(("Authorization", "Bearer guess-me"))).Status);
        }

        Assert.Contains(HttpStatusCode.TooManyRequests, answers);
        Assert.InRange(server.Audit.Length, 5, 12);
        Assert.All(server.Audit, line => Assert.Equal("connect refused", $"{line.GetProperty("command").GetString()} {line.GetProperty("outcome").GetString()}"));
        Assert.DoesNotContain(server.Audit, line => line.GetRawText().Contains("guess-me", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.OK, (await server.PostAsync((CallerGate.KeyHeader, Key))).Status);
    }

    [Fact]
    public async Task A_session_answers_only_the_caller_who_began_it()
    {
        var other = ApiKey.New();
        await using var server = await OperatedServer.StartAsync($$"""
            "callers": { "keys": [
              { "name": "ci", "hash": "{{ApiKey.Hash(Key)}}", "roles": ["reader"] },
              { "name": "other", "hash": "{{ApiKey.Hash(other)}}", "roles": ["admin"] }
            ] }
            """);
        var begun = await server.PostAsync(("Authorization", "Bearer " + Key));
        var session = begun.Headers.GetValues("Mcp-Session-Id").Single();

        var stolen = await server.PostAsync(("Authorization", "Bearer " + other), ("Mcp-Session-Id", session));

        Assert.Equal(HttpStatusCode.NotFound, stolen.Status);
    }

    [Fact]
    public async Task Who_has_other_roles_than_when_the_session_began_begins_anew()
    {
        await using var issuer = await TestIssuer.StartAsync();
        await using var server = await OperatedServer.StartAsync(
            $$""" "callers": { "jwt": { "issuer": "{{issuer.Name}}", "audience": "https://mcp.example.org/mcp" } } """);
        var begun = await server.PostAsync(("Authorization", "Bearer " + issuer.Issue(Claims(issuer, "admin reader"))));
        var session = ("Mcp-Session-Id", begun.Headers.GetValues("Mcp-Session-Id").Single());

        var renewed = await server.PostAsync(("Authorization", "Bearer " + issuer.Issue(Claims(issuer, "reader admin"))), session);
        var demoted = await server.PostAsync(("Authorization", "Bearer " + issuer.Issue(Claims(issuer, "reader"))), session);

        Assert.Equal(HttpStatusCode.OK, renewed.Status);
        Assert.Equal(HttpStatusCode.NotFound, demoted.Status);
    }

    [Fact]
    public async Task Who_shows_no_credential_is_on_record_and_isnt_slowed_down()
    {
        await using var server = await OperatedServer.StartAsync(Callers);

        for (var i = 0; i < 15; i++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await server.PostAsync()).Status);
        }

        Assert.InRange(server.Audit.Length, 5, 12);
        Assert.All(server.Audit, line => Assert.Equal("connect refused", $"{line.GetProperty("command").GetString()} {line.GetProperty("outcome").GetString()}"));
    }

    [Fact]
    public async Task Clients_are_led_to_the_issuer_and_its_tokens_are_taken()
    {
        await using var issuer = await TestIssuer.StartAsync();
        await using var server = await OperatedServer.StartAsync(
            $$""" "callers": { "jwt": { "issuer": "{{issuer.Name}}", "audience": "https://mcp.example.org/mcp" } } """,
            http: """ "publicUrl": "https://mcp.example.org/mcp" """);

        var refused = await server.PostAsync();
        var metadata = await server.GetAsync("/.well-known/oauth-protected-resource/mcp");
        var token = issuer.Issue(Claims(issuer, "reader"));
        var answer = await (await server.ConnectAsync(token)).ReadAsync("listZones");

        Assert.Contains(
            "resource_metadata=\"https://mcp.example.org/.well-known/oauth-protected-resource/mcp\"", refused.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        var told = JsonElement.Parse(metadata.Body);
        Assert.Equal("https://mcp.example.org/mcp", told.GetProperty("resource").GetString());
        Assert.Equal(issuer.Name, told.GetProperty("authorization_servers")[0].GetString());
        Assert.False(answer.IsError, answer.Text);
        Assert.Equal("jwt:alice", server.Audit.Last().GetProperty("caller").GetString());
    }

    [Fact]
    public async Task A_token_without_a_known_role_is_forbidden_and_on_record()
    {
        await using var issuer = await TestIssuer.StartAsync();
        await using var server = await OperatedServer.StartAsync(
            $$""" "callers": { "jwt": { "issuer": "{{issuer.Name}}", "audience": "https://mcp.example.org/mcp" } } """);

        var answer = await server.PostAsync(("Authorization", "Bearer " + issuer.Issue(Claims(issuer, "stranger"))));

        Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
        Assert.Contains("insufficient_scope", answer.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        Assert.Equal("jwt:alice", Assert.Single(server.Audit).GetProperty("caller").GetString());
    }

    [Fact]
    public async Task Tokens_that_cant_be_checked_now_are_neither_taken_nor_called_wrong()
    {
        await using var issuer = await TestIssuer.StartAsync();
        issuer.IsUp = false;
        await using var server = await OperatedServer.StartAsync(
            $$""" "callers": { "jwt": { "issuer": "{{issuer.Name}}", "audience": "https://mcp.example.org/mcp" } } """);

        var answer = await server.PostAsync(("Authorization", "Bearer " + issuer.Issue(Claims(issuer, "reader"))));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.Status);
    }

    private static Dictionary<string, object?> Claims(TestIssuer issuer, string role) => new()
    {
        ["iss"] = issuer.Name,
        ["aud"] = "https://mcp.example.org/mcp",
        ["sub"] = "alice",
        ["roles"] = role,
        ["exp"] = DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 300,
    };
}
