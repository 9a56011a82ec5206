using System.Text.Json;
using CloudStack.Simulator.Tests.Support;

namespace CloudStack.Simulator.Tests.Protocol;

/// <summary>Protocol note, section 3.3.</summary>
[Trait("Protocol", "3.3")]
[Trait("Protocol", "11.6")]
public sealed class SecondFactorTests : IDisposable
{
    private const string Setup = "setupUserTwoFactorAuthentication";

    private readonly SteppedClock _clock = new();
    private readonly SimulatedCloud _cloud;
    private readonly SignedCaller _root;

    public SecondFactorTests()
    {
        _cloud = new SimulatedCloud(new SimulatorOptions { Clock = _clock });
        _root = SignedCaller.Root(_cloud);
    }

    public void Dispose() => _cloud.Dispose();

    [Fact]
    public async Task Login_says_that_a_code_is_needed_and_who_checks_it()
    {
        var vera = await VeraAsync();

        Assert.Equal(("true", "false", "totp", "CloudStack"), Said(vera));
    }

    [Fact]
    public async Task The_right_code_opens_the_session()
    {
        var vera = await VeraAsync();

        var reply = await vera.GiveCodeAsync(_cloud.CodeFor(_cloud.Credentials.SecondFactorAdmin));

        Assert.Equal("""{"validateusertwofactorauthenticationcoderesponse":{"success":true}}""", reply.Body);
        Assert.Equal(200, (await vera.CallAsync("listZones")).Status);
    }

    [Fact]
    public async Task A_wrong_code_is_refused_in_an_envelope_within_an_envelope_and_ends_the_session()
    {
        var vera = await VeraAsync();

        var reply = await vera.GiveCodeAsync("000000");

        Assert.Equal((511, 4295), (reply.Status, reply.Content.GetProperty("cserrorcode").GetInt32()));
        using var inner = JsonDocument.Parse(reply.ErrorText);
        var error = inner.RootElement.GetProperty("validateusertwofactorauthenticationcoderesponse");
        Assert.Equal((511, "The code of the second factor is wrong."), (error.GetProperty("errorcode").GetInt32(), error.GetProperty("errortext").GetString()));
        Assert.Equal(401, (await vera.GiveCodeAsync(_cloud.CodeFor(_cloud.Credentials.SecondFactorAdmin))).Status);
    }

    [Fact]
    public async Task Anything_else_before_the_code_is_refused_and_ends_the_session()
    {
        var vera = await VeraAsync();

        var reply = await vera.CallAsync("listZones");

        Assert.Equal(511, reply.Status);
        Assert.StartsWith("Unable to process the API request due to :Two factor authentication", reply.ErrorText, StringComparison.Ordinal);
        Assert.False(reply.Content.TryGetProperty("cserrorcode", out _));
        Assert.Equal(401, (await vera.GiveCodeAsync(_cloud.CodeFor(_cloud.Credentials.SecondFactorAdmin))).Status);
    }

    [Theory]
    [InlineData("listApis")]
    [InlineData("listIdps")]
    [InlineData("listUserTwoFactorAuthenticatorProviders")]
    public async Task What_leads_to_the_code_is_open_before_it(string command)
    {
        var vera = await VeraAsync();

        Assert.Equal(200, (await vera.CallAsync(command)).Status);
        Assert.Equal(200, (await vera.GiveCodeAsync(_cloud.CodeFor(_cloud.Credentials.SecondFactorAdmin))).Status);
    }

    [Fact]
    public async Task The_commands_name_counts_in_its_exact_case()
    {
        var vera = await VeraAsync();

        Assert.Equal(511, (await vera.CallAsync("validateusertwofactorauthenticationcode", ("codefor2fa", "123456"))).Status);
    }

    [Fact]
    public async Task A_key_opens_everything_without_a_code() =>
        Assert.Equal(200, (await _root.As(_cloud.Credentials.SecondFactorAdmin).CallAsync("listZones")).Status);

    [Fact]
    public async Task A_key_cannot_give_a_code() =>
        Assert.Equal(405, (await _root.PostAsync("validateUserTwoFactorAuthenticationCode", ("codefor2fa", "123456"))).Status);

    [Fact]
    public async Task A_time_based_factor_is_set_up_proven_and_then_asked_for()
    {
        var dev = await DevAsync();
        var setup = (await dev.CallAsync(Setup, ("provider", "totp"))).Content.GetProperty("setup2fa");

        Assert.Equal(511, (await dev.GiveCodeAsync("12")).Status);
        var code = Simulator.Identity.Totp.CodeAt(setup.GetProperty("secretcode").GetString()!, _clock.GetUtcNow());
        Assert.Equal(200, (await dev.GiveCodeAsync(code)).Status);

        Assert.Equal("dev", setup.GetProperty("username").GetString());
        var again = await DevAsync();
        Assert.Equal(("true", "false", "totp", "CloudStack"), Said(again));
        Assert.Equal(200, (await again.GiveCodeAsync(code)).Status);
        _clock.Step(TimeSpan.FromMinutes(2));
        Assert.Equal(511, (await (await DevAsync()).GiveCodeAsync(code)).Status);
    }

    [Fact]
    public async Task A_pin_stays_the_same()
    {
        var dev = await DevAsync();
        var pin = (await dev.CallAsync(Setup, ("provider", "staticpin"))).Content.GetProperty("setup2fa").GetProperty("secretcode").GetString()!;

        Assert.Matches("^[0-9]{6}$", pin);
        Assert.Equal(200, (await dev.GiveCodeAsync(pin)).Status);
        _clock.Step(TimeSpan.FromDays(1));
        Assert.Equal(200, (await (await DevAsync()).GiveCodeAsync(pin)).Status);
    }

    [Fact]
    public async Task The_providers_are_listed()
    {
        var all = await _root.CallAsync("listUserTwoFactorAuthenticatorProviders");

        Assert.Equal(["totp", "staticpin"], all.Names);
        Assert.Equal(["staticpin"], (await _root.CallAsync("listUserTwoFactorAuthenticatorProviders", ("name", "staticpin"))).Names);
    }

    [Fact]
    public async Task An_administrator_takes_a_users_factor_away()
    {
        var id = await UserIdAsync("vera");

        await _root.DoAsync(Setup, ("enable", "false"), ("userid", id));

        Assert.Equal(("false", "true", null, "CloudStack"), Said(await VeraAsync()));
    }

    [Fact]
    public async Task An_administrator_demands_one_of_a_user_who_has_to_set_it_up_first()
    {
        await _root.DoAsync("updateUser", ("id", await UserIdAsync("dev")), ("mandate2fa", "true"));
        var dev = await DevAsync();

        Assert.Equal(("true", "false", null, "CloudStack"), Said(dev));
        var pin = (await dev.CallAsync(Setup, ("provider", "staticpin"))).Content.GetProperty("setup2fa").GetProperty("secretcode").GetString()!;
        Assert.Equal(200, (await dev.GiveCodeAsync(pin)).Status);
        Assert.Equal(200, (await dev.CallAsync("listZones")).Status);
    }

    [Fact]
    public async Task A_domains_setting_demands_one_of_all_its_users_and_of_no_others()
    {
        await _root.DoAsync("updateConfiguration", ("name", "mandate.user.2fa"), ("value", "true"), ("domainid", await _root.IdOfAsync("listDomains", "Engineering")));

        Assert.Equal("true", Said(await DevAsync()).IsEnabled);
        Assert.Equal("false", Said(await SessionCaller.LogInAsync(_cloud, _cloud.Credentials.OtherUser)).IsEnabled);
        Assert.Equal(511, (await (await DevAsync()).CallAsync("listZones")).Status);
    }

    [Fact]
    public async Task Where_the_settings_offer_none_none_is_set_up()
    {
        await _root.DoAsync("updateConfiguration", ("name", "enable.user.2fa"), ("value", "false"));

        Assert.Equal("2FA is not enabled for this domain or at global level", await _root.RefuseAsync(530, Setup));
        await _root.RefuseAsync(431, "updateUser", ("id", await UserIdAsync("dev")), ("mandate2fa", "true"));
    }

    [Fact]
    public async Task An_unknown_provider_is_refused() => await _root.RefuseAsync(530, Setup, ("provider", "carrier-pigeon"));

    private Task<SessionCaller> VeraAsync() => SessionCaller.LogInAsync(_cloud, _cloud.Credentials.SecondFactorAdmin);

    private Task<SessionCaller> DevAsync() => SessionCaller.LogInAsync(_cloud, _cloud.Credentials.User);

    private async Task<string> UserIdAsync(string name) =>
        (await _root.CallAsync("listUsers", ("listall", "true"), ("username", name))).Items.Single().GetProperty("id").GetString()!;

    private static (string? IsEnabled, string? IsVerified, string? Provider, string? Issuer) Said(SessionCaller caller)
    {
        var login = caller.Login.Content;
        return (Text("is2faenabled"), Text("is2faverified"), Text("providerfor2fa"), Text("issuerfor2fa"));

        string? Text(string name) => login.TryGetProperty(name, out var value) ? value.GetString() : null;
    }
}
