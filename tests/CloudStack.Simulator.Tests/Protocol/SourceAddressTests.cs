using System.Net;
using CloudStack.Simulator.Tests.Support;

namespace CloudStack.Simulator.Tests.Protocol;

/// <summary>Protocol note, sections 2.4 and 7: networks that may call, for all, for a domain, for an account.</summary>
[Trait("Protocol", "7")]
public sealed class SourceAddressTests : IDisposable
{
    private const string Setting = "api.allowed.source.cidr.list";

    private readonly SimulatedCloud _cloud = new();
    private readonly SignedCaller _root;

    public SourceAddressTests() => _root = SignedCaller.Root(_cloud);

    public void Dispose() => _cloud.Dispose();

    [Theory]
    [InlineData("192.0.2.7", 200)]
    [InlineData("::ffff:192.0.2.7", 200)]
    [InlineData("198.51.100.1", 401)]
    [InlineData("2001:db8::1", 200)]
    [InlineData("2001:db9::1", 401)]
    public async Task Only_the_named_networks_may_call(string from, int status)
    {
        await SetAsync("127.0.0.0/8,192.0.2.0/24, 2001:db8::/32");

        var reply = await UserFrom(from).CallAsync("listZones");

        Assert.Equal(status, reply.Status);
        if (status == 401)
        {
            Assert.Equal("unable to verify user credentials and/or request signature", reply.ErrorText);
            Assert.False(reply.Content.TryGetProperty("cserrorcode", out _));
        }
    }

    [Fact]
    public async Task The_accounts_own_networks_beat_the_domains_and_those_the_global_ones()
    {
        await SetAsync("192.0.2.0/24", ("domainid", await _root.IdOfAsync("listDomains", "Engineering")));
        Assert.Equal(401, (await UserFrom("127.0.0.1").CallAsync("listZones")).Status);
        Assert.Equal(200, (await UserFrom("192.0.2.1").CallAsync("listZones")).Status);
        Assert.Equal(200, (await _root.CallAsync("listZones")).Status);

        await SetAsync("127.0.0.0/8", ("accountid", await _root.IdOfAsync("listAccounts", "web-team")));
        Assert.Equal(200, (await UserFrom("127.0.0.1").CallAsync("listZones")).Status);
        Assert.Equal(401, (await UserFrom("192.0.2.1").CallAsync("listZones")).Status);
    }

    [Fact]
    public async Task A_session_from_elsewhere_ends()
    {
        var session = await SessionCaller.LogInAsync(_cloud, _cloud.Credentials.User);
        await SetAsync("192.0.2.0/24", ("accountid", await _root.IdOfAsync("listAccounts", "web-team")));

        Assert.Equal(401, (await session.CallAsync("listZones")).Status);
        await SetAsync("0.0.0.0/0", ("accountid", await _root.IdOfAsync("listAccounts", "web-team")));
        Assert.Equal(401, (await session.CallAsync("listZones")).Status);
    }

    [Fact]
    public async Task Nobody_logs_in_from_elsewhere()
    {
        await SetAsync("192.0.2.0/24", ("accountid", await _root.IdOfAsync("listAccounts", "web-team")));

        Assert.Equal(531, (await SessionCaller.LogInAsync(_cloud, _cloud.Credentials.User)).Login.Status);
    }

    [Theory]
    [InlineData("everywhere")]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.0/8,,::/0")]
    public async Task What_is_no_list_of_networks_is_refused(string value) =>
        await _root.RefuseAsync(431, "updateConfiguration", ("name", Setting), ("value", value));

    private SignedCaller UserFrom(string address) => new(_cloud, _cloud.Credentials.User) { From = IPAddress.Parse(address) };

    private Task<Reply> SetAsync(string value, params (string Name, string Value)[] scope) =>
        _root.DoAsync("updateConfiguration", [("name", Setting), ("value", value), .. scope]);
}
