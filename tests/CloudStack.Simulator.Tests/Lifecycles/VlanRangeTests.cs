namespace CloudStack.Simulator.Tests.Lifecycles;

public sealed class VlanRangeTests : Scene
{
    [Fact]
    public async Task Gives_its_addresses_to_the_one_it_is_dedicated_to()
    {
        var range = await NewAsync();
        (string, string)[] owner = [("id", range), ("domainid", await Root.IdOfAsync("listDomains", "Engineering")), ("account", "web-team")];
        await Root.DoAsync("dedicatePublicIpRange", owner);
        await Root.RefuseAsync(431, "dedicatePublicIpRange", owner);

        Assert.Equal("192.0.2.10", Text(await User.FinishAsync("associateIpAddress", ("networkid", await NetworkAsync("web-net"))), "ipaddress"));
        Assert.StartsWith("203.0.113.", Text(await Root.FinishAsync("associateIpAddress", ("networkid", await NetworkAsync("data-net"))), "ipaddress")!, StringComparison.Ordinal);
        await Root.RefuseAsync(431, "associateIpAddress", ("networkid", await NetworkAsync("data-net")), ("ipaddress", "192.0.2.11"));
        await Root.RefuseAsync(536, "deleteVlanIpRange", ("id", range));
        await Root.DoAsync("releasePublicIpRange", ("id", range));
        await Root.RefuseAsync(431, "releasePublicIpRange", ("id", range));
    }

    [Fact]
    public async Task Keeps_the_addresses_that_are_taken_when_its_bounds_change()
    {
        var range = await NewAsync();
        await User.FinishAsync("associateIpAddress", ("networkid", await NetworkAsync("web-net")), ("ipaddress", "192.0.2.15"));

        await Root.RefuseAsync(536, "updateVlanIpRange", ("id", range), ("startip", "192.0.2.16"));
        await Root.DoAsync("updateVlanIpRange", ("id", range), ("endip", "192.0.2.30"));
        await User.RefuseAsync(431, "associateIpAddress", ("networkid", await NetworkAsync("web-net")), ("ipaddress", "192.0.2.15"));
        await User.FinishAsync("associateIpAddress", ("networkid", await NetworkAsync("web-net")), ("ipaddress", "192.0.2.30"));
    }

    [Theory]
    [InlineData("192.0.2.300", "192.0.2.20")]
    [InlineData("192.0.2.20", "192.0.2.10")]
    [InlineData("198.18.0.10", "198.18.0.20")]
    [InlineData("192.0.2.1", "192.0.2.20")]
    public async Task Refuses_bounds_that_are_none(string first, string last) => await Root.RefuseAsync(
        431, "createVlanIpRange", ("zoneid", await ZoneAsync()), ("gateway", "192.0.2.1"), ("netmask", "255.255.255.0"), ("startip", first), ("endip", last));

    [Fact]
    public async Task Overlaps_with_no_other_range_of_its_zone()
    {
        await NewAsync();
        await Root.RefuseAsync(431, "createVlanIpRange", [.. await RangeAsync(), ("startip", "192.0.2.20"), ("endip", "192.0.2.25")]);
        await User.RefuseAsync(432, "createVlanIpRange", [.. await RangeAsync(), ("startip", "192.0.2.40"), ("endip", "192.0.2.45")]);
    }

    private async Task<string> NewAsync() =>
        Id((await Root.DoAsync("createVlanIpRange", [.. await RangeAsync(), ("startip", "192.0.2.10"), ("endip", "192.0.2.20")])).Item);

    private async Task<(string, string)[]> RangeAsync() =>
        [("zoneid", await ZoneAsync()), ("gateway", "192.0.2.1"), ("netmask", "255.255.255.0"), ("vlan", "101")];
}
