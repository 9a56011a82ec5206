using System.Security.Cryptography;
using Cloud.Core.Errors;
using CloudStack.Mcp.Authentication;
using CloudStack.Mcp.Authentication.Jwt;
using CloudStack.Mcp.Tests.Support;

namespace CloudStack.Mcp.Tests.Authentication;

public sealed class JwtCheckTests : IAsyncLifetime
{
    private const string Audience = "https://mcp.example.org/mcp";

    private readonly ShiftedTime _time = new();
    private readonly HttpClient _http = KeySet.CreateClient();
    private TestIssuer _issuer = null!;
    private JwtCheck _check = null!;

    public async Task InitializeAsync()
    {
        _issuer = await TestIssuer.StartAsync();
        _check = Check(new JwtRule(_issuer.Name, Audience));
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _issuer.DisposeAsync();
    }

    [Fact]
    public async Task A_good_token_proves_its_caller_with_its_roles()
    {
        var caller = await CheckAsync(_issuer.Issue(Claims()));

        Assert.Equal("jwt:alice", caller!.Name);
        Assert.Equal(["reader", "tester"], caller.Roles);
    }

    [Fact]
    public async Task Keys_on_a_curve_and_padded_signatures_are_taken_too()
    {
        Assert.NotNull(await CheckAsync(_issuer.Issue(Claims(), "PS256")));
        _issuer.Rotate("curve", ECDsa.Create(ECCurve.NamedCurves.nistP256));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.NotNull(await CheckAsync(_issuer.Issue(Claims())));
    }

    [Fact]
    public async Task Callers_whose_long_names_begin_alike_stay_two()
    {
        var claims = Claims();
        var names = new List<string>();
        foreach (var last in (string[])["a", "b", "b\u200b"])
        {
            claims["sub"] = $"spiffe://prod.example.org/ns/{new string('x', 80)}/{last}";
            names.Add((await CheckAsync(_issuer.Issue(claims)))!.Name);
        }

        claims["sub"] = "ali\u200bce";
        names.Add((await CheckAsync(_issuer.Issue(claims)))!.Name);

        Assert.Equal(names.Count, names.Append("jwt:alice").Distinct().Count() - 1);
        Assert.All(names, name => Assert.True(name.Length <= Caller.LongestName, name));
    }

    [Theory]
    [InlineData("iss", "https://other.example.org", "issuer")]
    [InlineData("aud", "https://other.example.org/mcp", "audience")]
    [InlineData("exp", -120, "expired")]
    [InlineData("exp", null, "no end")]
    [InlineData("nbf", 120, "isn't good yet")]
    [InlineData("sub", null, "claim 'sub'")]
    public async Task A_token_for_somebody_else_or_another_time_is_refused(string claim, object? value, string why)
    {
        var claims = Claims();
        claims[claim] = value is int seconds ? _time.GetUtcNow().ToUnixTimeSeconds() + seconds : value;

        await RefusedAsync(_issuer.Issue(claims), why);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("None")]
    [InlineData("HS256")]
    [InlineData("RS1")]
    [InlineData("ES256")]
    public async Task A_token_doesnt_choose_how_it_is_verified(string algorithm)
    {
        var key = _issuer.PublicPem();

        await RefusedAsync(_issuer.Sign(Claims(), algorithm, null, (_, _, data) => algorithm.StartsWith("HS", StringComparison.Ordinal) ? HMACSHA256.HashData(key, data) : []), "signature");
    }

    [Fact]
    public async Task Another_key_of_the_same_name_is_no_good()
    {
        using var other = RSA.Create(2048);

        await RefusedAsync(
            _issuer.Sign(Claims(), "RS256", null, (_, _, data) => other.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)), "signature");
    }

    [Fact]
    public async Task A_token_changed_after_it_was_signed_is_no_good()
    {
        var parts = _issuer.Issue(Claims()).Split('.');
        var claims = Claims();
        claims["roles"] = new[] { "admin" };
        var forged = _issuer.Issue(claims).Split('.')[1];

        await RefusedAsync($"{parts[0]}.{forged}.{parts[2]}", "signature");
    }

    [Fact]
    public async Task A_missing_scope_is_named()
    {
        _check = Check(new JwtRule(_issuer.Name, Audience) { Scopes = ["cloud:use"] });

        await RefusedAsync(_issuer.Issue(Claims()), "cloud:use");
    }

    [Fact]
    public async Task A_new_key_is_found_but_made_up_names_dont_flood_the_issuer()
    {
        await CheckAsync(_issuer.Issue(Claims()));
        for (var i = 0; i < 20; i++)
        {
            await RefusedAsync(_issuer.Issue(Claims(), kid: $"made-up-{i}"), "signature");
        }

        Assert.Equal(1, _issuer.Asked);
        _issuer.Rotate("second", RSA.Create(2048));
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.NotNull(await CheckAsync(_issuer.Issue(Claims())));
    }

    [Fact]
    public async Task Known_keys_outlast_an_issuer_that_is_down_and_without_keys_nobody_is_let_in()
    {
        await CheckAsync(_issuer.Issue(Claims()));
        _issuer.IsUp = false;
        _time.Advance(TimeSpan.FromHours(2));

        Assert.NotNull(await CheckAsync(_issuer.Issue(Claims())));

        _check = Check(new JwtRule(_issuer.Name, Audience));
        var asked = _issuer.Asked;
        for (var i = 0; i < 20; i++)
        {
            var error = await Assert.ThrowsAsync<CloudException>(() => CheckAsync(_issuer.Issue(Claims())));
            Assert.Equal(ErrorCause.Unavailable, error.Cause);
        }

        Assert.Equal(1, _issuer.Asked - asked);
        _issuer.IsUp = true;
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.NotNull(await CheckAsync(_issuer.Issue(Claims())));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a.b.c")]
    [InlineData("e30.e30.")]
    [InlineData("only-one-part")]
    [InlineData("e30.e30.e30.e30")]
    [InlineData("W10.W10.AA")]
    public async Task What_is_no_token_is_left_to_other_checks(string text) => Assert.Null(await CheckAsync(text));

    private JwtCheck Check(JwtRule rule) => new(rule, new KeySet(rule, _http, _time), _time);

    private Dictionary<string, object?> Claims() => new()
    {
        ["iss"] = _issuer.Name,
        ["aud"] = new[] { Audience, "another" },
        ["sub"] = "alice",
        ["roles"] = new[] { "reader", "tester" },
        ["exp"] = _time.GetUtcNow().ToUnixTimeSeconds() + 300,
    };

    private Task<Caller?> CheckAsync(string token) => _check.CheckAsync(token, CancellationToken.None).AsTask();

    private async Task RefusedAsync(string token, string why) =>
        Assert.Contains(why, (await Assert.ThrowsAsync<CredentialException>(() => CheckAsync(token))).Message, StringComparison.Ordinal);
}
