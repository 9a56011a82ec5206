using CloudStack.Simulator.Tests.Support;

namespace CloudStack.Simulator.Tests.Protocol;

/// <summary>Protocol note, section 3.5: user, account, domain and setting, the first that says so decides.</summary>
[Trait("Protocol", "3.5")]
public sealed class KeyAccessTests : IDisposable
{
    private readonly SimulatedCloud _cloud = new();
    private readonly SignedCaller _root;

    public KeyAccessTests() => _root = SignedCaller.Root(_cloud);

    public void Dispose() => _cloud.Dispose();

    [Theory]
    [InlineData("inherit", "inherit", "true", true)]
    [InlineData("inherit", "inherit", "false", false)]
    [InlineData("inherit", "disabled", "true", false)]
    [InlineData("inherit", "ENABLED", "false", true)]
    [InlineData("disabled", "enabled", "true", false)]
    [InlineData("Enabled", "disabled", "false", true)]
    public async Task The_first_that_says_so_decides(string user, string account, string setting, bool isOpen)
    {
        await _root.DoAsync("updateUser", ("id", await IdAsync("listUsers", "username", "dev")), ("apikeyaccess", user));
        await _root.DoAsync("updateAccount", ("id", await IdAsync("listAccounts", "name", "web-team")), ("apikeyaccess", account));
        await _root.DoAsync("updateConfiguration", ("name", "api.key.access"), ("value", setting), ("domainid", await _root.IdOfAsync("listDomains", "Engineering")));

        var reply = await _root.As(_cloud.Credentials.User).CallAsync("listZones");

        Assert.Equal(isOpen ? 200 : 401, reply.Status);
        if (!isOpen)
        {
            Assert.Equal("unable to verify user credentials and/or request signature", reply.ErrorText);
            Assert.False(reply.Content.TryGetProperty("cserrorcode", out _));
        }
    }

    [Fact]
    public async Task A_session_is_not_touched_by_it()
    {
        await _root.DoAsync("updateUser", ("id", await IdAsync("listUsers", "username", "dev")), ("apikeyaccess", "disabled"));

        Assert.Equal(200, (await (await SessionCaller.LogInAsync(_cloud, _cloud.Credentials.User)).CallAsync("listZones")).Status);
    }

    [Fact]
    public async Task It_is_shown_with_the_user_and_the_keys()
    {
        var id = await IdAsync("listUsers", "username", "dev");
        var updated = await _root.DoAsync("updateUser", ("id", id), ("apikeyaccess", "disabled"));

        Assert.Equal("DISABLED", updated.Item.GetProperty("apikeyaccess").GetString());
        Assert.False((await _root.CallAsync("getUserKeys", ("id", id))).Item.GetProperty("apikeyaccess").GetBoolean());
    }

    [Fact]
    public async Task Another_word_is_refused() =>
        await _root.RefuseAsync(431, "updateUser", ("id", await IdAsync("listUsers", "username", "dev")), ("apikeyaccess", "maybe"));

    private async Task<string> IdAsync(string list, string field, string value) => (await _root.CallAsync(list, ("listall", "true")))
        .Items.Single(item => item.GetProperty(field).GetString() == value).GetProperty("id").GetString()!;
}
