using CloudStack.Simulator.Tests.Support;

namespace CloudStack.Simulator.Tests.Lifecycles;

public sealed class GuestVlanTests : Scene
{
    [Fact]
    public async Task Lists_which_network_has_which()
    {
        var physical = await Recipes.PhysicalAsync(Root);
        var vlan = Text(await LookAsync("listNetworks", await NetworkAsync("web-net")), "vlan")!;

        var row = (await Root.CallAsync("listGuestVlans", ("physicalnetworkid", physical), ("vnet", vlan))).Items.Single();

        Assert.Equal(("Allocated", "web-team", "fra1"), (Text(row, "allocationstate"), Text(row, "account"), Text(row, "zonename")));
        Assert.Equal("web-net", Text(row.GetProperty("network")[0], "name"));
        Assert.Equal(800, (await Root.CallAsync("listGuestVlans", ("physicalnetworkid", physical))).Count);
        Assert.All((await Root.CallAsync("listGuestVlans", ("allocatedonly", "true"))).Items, one => Assert.Equal("Allocated", Text(one, "allocationstate")));
        Assert.Equal(vlan, Text((await Root.CallAsync("listGuestVlans", ("id", Text(row, "id")!))).Items.Single(), "vlan"));
    }

    [Fact]
    public async Task Come_from_the_range_of_the_physical_network_and_end_with_it()
    {
        await Root.FinishAsync("updatePhysicalNetwork", ("id", await Recipes.PhysicalAsync(Root)), ("vlan", await ShrunkAsync(free: 1)));
        var last = await Root.DoAsync("createNetwork", await FlatAsync("last"));
        Assert.NotNull(Text(last.Item, "vlan"));

        Assert.Contains("none of its physical network is free", await Root.RefuseAsync(533, "createNetwork", await FlatAsync("too-many")), StringComparison.Ordinal);

        await Root.FinishAsync("deleteNetwork", ("id", Id(last.Item)));
        Assert.Equal(Text(last.Item, "vlan"), Text((await Root.DoAsync("createNetwork", await FlatAsync("next"))).Item, "vlan"));
    }

    [Fact]
    public async Task Fails_the_first_machine_of_a_network_for_which_none_is_left()
    {
        await Root.FinishAsync("updatePhysicalNetwork", ("id", await Recipes.PhysicalAsync(Root)), ("vlan", await ShrunkAsync(free: 0)));
        var network = Id((await User.DoAsync(
            "createNetwork", ("name", "late"), ("zoneid", await ZoneAsync()),
            ("networkofferingid", await Root.IdOfAsync("listNetworkOfferings", "DefaultIsolatedNetworkOfferingWithSourceNatService")))).Item);

        await User.FailAsync(533, "deployVirtualMachine", await DeploymentAsync(("name", "first"), ("networkids", network)));

        Assert.Equal("Allocated", Text(await LookAsync("listNetworks", network), "state"));
        Assert.Empty((await Root.CallAsync("listPublicIpAddresses", ("associatednetworkid", network), ("listall", "true"))).Items);
    }

    [Fact]
    public async Task Are_chosen_outside_the_range_or_on_purpose()
    {
        (string, string)[] chosen = [.. await FlatAsync("chosen"), ("vlan", "300")];
        Assert.Contains("choose one outside", await Root.RefuseAsync(431, "createNetwork", chosen), StringComparison.Ordinal);
        Assert.Equal("300", Text((await Root.DoAsync("createNetwork", [.. chosen, ("bypassvlanoverlapcheck", "true")])).Item, "vlan"));
        await Root.RefuseAsync(
            431, "createVlanIpRange", ("zoneid", await ZoneAsync()), ("gateway", "192.0.2.1"), ("netmask", "255.255.255.0"), ("startip", "192.0.2.10"),
            ("endip", "192.0.2.20"), ("vlan", "300"));
        await Root.RefuseAsync(
            431, "createNetwork", [.. await FlatAsync("elsewhere"), ("physicalnetworkid", await Root.IdOfAsync("listPhysicalNetworks", "ams1-physical-1"))]);
    }

    [Fact]
    public async Task Are_dedicated_to_one_owner()
    {
        var dedication = await Recipes.DedicationAsync(Root);
        var range = (await Root.DoAsync("dedicateGuestVlanRange", dedication)).Item;
        await Root.RefuseAsync(431, "dedicateGuestVlanRange", dedication);
        await Root.RefuseAsync(431, "dedicateGuestVlanRange", [.. dedication.Where(a => a.Name != "vlanrange"), ("vlanrange", "990-1005")]);
        var own = (await User.DoAsync("createNetwork", await FlatAsync("own"))).Item;
        Assert.Equal("900", Text(await LookAsync("listNetworks", Id(own)), "vlan"));
        await Root.FinishAsync("updatePhysicalNetwork", ("id", await Recipes.PhysicalAsync(Root)), ("vlan", await ShrunkAsync(free: 0) + ",900-909"));
        await Root.RefuseAsync(533, "createNetwork", await FlatAsync("foreign"));
        Assert.Single((await Root.CallAsync("listDedicatedGuestVlanRanges", ("zoneid", await ZoneAsync()))).Items);

        await Root.FinishAsync("releaseDedicatedGuestVlanRange", ("id", Id(range)));

        Assert.Equal("901", Text((await Root.DoAsync("createNetwork", await FlatAsync("anybody"))).Item, "vlan"));
        Assert.Contains("another account", await Root.RefuseAsync(
            431, "dedicateGuestVlanRange", dedication), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Grow_together_where_ranges_of_one_owner_touch()
    {
        var dedication = await Recipes.DedicationAsync(Root);
        await Root.DoAsync("dedicateGuestVlanRange", dedication);
        foreach (var (more, all) in ((string, string)[])[("920-929", "920-929"), ("910-919", "900-929")])
        {
            var made = await Root.DoAsync("dedicateGuestVlanRange", [.. dedication.Where(a => a.Name != "vlanrange"), ("vlanrange", more)]);
            Assert.Equal(all, Text(made.Item, "guestvlanrange"));
        }

        Assert.Single((await Root.CallAsync("listDedicatedGuestVlanRanges", ("physicalnetworkid", await Recipes.PhysicalAsync(Root)))).Items);
    }

    private async Task<(string, string)[]> FlatAsync(string name) =>
    [
        ("name", name), ("zoneid", await ZoneAsync()), ("networkofferingid", await Root.IdOfAsync("listNetworkOfferings", "DefaultL2NetworkOffering")),
    ];

    /// <summary>A range from the first VLAN to the last that is in use below 900, and some free ones.</summary>
    private async Task<string> ShrunkAsync(int free)
    {
        var used = (await Root.CallAsync("listGuestVlans", ("physicalnetworkid", await Recipes.PhysicalAsync(Root)), ("allocatedonly", "true"))).Items
            .Select(row => int.Parse(Text(row, "vlan")!, System.Globalization.CultureInfo.InvariantCulture)).Where(vlan => vlan < 900).ToList();
        return FormattableString.Invariant($"{used.Min()}-{used.Max() + free}");
    }
}
