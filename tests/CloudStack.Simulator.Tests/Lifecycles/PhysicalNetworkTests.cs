using CloudStack.Simulator.Tests.Support;

namespace CloudStack.Simulator.Tests.Lifecycles;

public sealed class PhysicalNetworkTests : Scene
{
    [Fact]
    public async Task Is_made_disabled_in_a_disabled_zone_with_the_usual_providers()
    {
        await Root.RefuseAsync(531, "createPhysicalNetwork", ("zoneid", await ZoneAsync()), ("name", "more"));

        var made = await Root.FinishAsync("createPhysicalNetwork", await Recipes.PhysicalTermsAsync(Root));

        Assert.Equal(("Disabled", "300-309,400-400", "ZONE", "new"), (Text(made, "state"), Text(made, "vlan"), Text(made, "broadcastdomainrange"), Text(made, "zonename")));
        Assert.Equal(
            ["VirtualRouter", "SecurityGroupProvider", "VpcVirtualRouter", "InternalLbVm", "ConfigDrive"],
            (await Root.CallAsync("listNetworkServiceProviders", ("physicalnetworkid", Id(made)), ("state", "Disabled"))).Names);
        Assert.Equal("Enabled", Text(await Root.FinishAsync("updatePhysicalNetwork", ("id", Id(made)), ("state", "Enabled")), "state"));
        Assert.Contains("PHYSICAL.NETWORK.CREATE", (await Root.CallAsync("listEvents", ("listall", "true"))).Body, StringComparison.Ordinal);
        Assert.Equal(432, (await User.CallAsync("listPhysicalNetworks")).Status);
    }

    [Theory]
    [InlineData("vlan", "300")]
    [InlineData("vlan", "310-300")]
    [InlineData("vlan", "300-4096")]
    [InlineData("tags", "one,two")]
    [InlineData("isolationmethods", "VLAN,GRE")]
    [InlineData("broadcastdomainrange", "Pod")]
    public async Task Refuses_terms_that_are_none(string name, string value) => await Root.RefuseAsync(
        431, "createPhysicalNetwork", [.. (await Recipes.PhysicalTermsAsync(Root)).Where(term => term.Name != name), (name, value)]);

    [Fact]
    public async Task Keeps_the_vlans_that_are_in_use_or_dedicated()
    {
        var id = await Recipes.PhysicalAsync(Root);
        Assert.Contains("allocated vnets", await Root.FailAsync(431, "updatePhysicalNetwork", ("id", id), ("vlan", "600-700")), StringComparison.Ordinal);
        await Root.DoAsync("dedicateGuestVlanRange", await Recipes.DedicationAsync(Root));
        Assert.Contains("release it first", await Root.FailAsync(431, "updatePhysicalNetwork", ("id", id), ("vlan", "200-300")), StringComparison.Ordinal);

        var changed = await Root.FinishAsync("updatePhysicalNetwork", ("id", id), ("vlan", "800-999,200-400,401-500"));

        Assert.Equal("200-500,800-999", Text(changed, "vlan"));
    }

    [Fact]
    public async Task Is_deleted_with_all_its_parts_when_nothing_is_on_it()
    {
        Assert.Contains("there are networks", await Root.FailAsync(530, "deletePhysicalNetwork", ("id", await Recipes.PhysicalAsync(Root))), StringComparison.Ordinal);
        var made = Id(await Root.FinishAsync("createPhysicalNetwork", await Recipes.PhysicalTermsAsync(Root)));
        await Root.FinishAsync("addTrafficType", ("physicalnetworkid", made), ("traffictype", "Guest"));

        await Root.FinishAsync("deletePhysicalNetwork", ("id", made));

        Assert.Empty((await Root.CallAsync("listNetworkServiceProviders", ("physicalnetworkid", made))).Items);
        Assert.False(await ExistsAsync("listPhysicalNetworks", made));
        await Root.DoAsync("deleteZone", ("id", await ZoneAsync("new")));
    }

    [Fact]
    public async Task Carries_what_networks_are_made_on()
    {
        var terms = await Recipes.PhysicalTermsAsync(Root);
        var physical = Id(await Root.FinishAsync("createPhysicalNetwork", [.. terms.Where(term => term.Name != "tags")]));
        (string, string)[] network =
        [
            ("name", "first"), ("zoneid", await ZoneAsync("new")),
            ("networkofferingid", await Root.IdOfAsync("listNetworkOfferings", "DefaultIsolatedNetworkOfferingWithSourceNatService")),
        ];
        Assert.Contains("physical network", await Root.RefuseAsync(431, "createNetwork", network), StringComparison.Ordinal);
        await Root.FinishAsync("addTrafficType", ("physicalnetworkid", physical), ("traffictype", "Guest"), ("kvmnetworklabel", "cloudbr3"));
        Assert.Contains("wrong state", await Root.RefuseAsync(431, "createNetwork", network), StringComparison.Ordinal);
        await Root.FinishAsync("updatePhysicalNetwork", ("id", physical), ("state", "Enabled"));
        Assert.Contains("not enabled", await Root.RefuseAsync(530, "createNetwork", network), StringComparison.Ordinal);
        var provider = await Root.IdOfAsync("listNetworkServiceProviders", "VirtualRouter", ("physicalnetworkid", physical));
        Assert.Contains("isn't ready", await Root.FailAsync(530, "updateNetworkServiceProvider", ("id", provider), ("state", "Enabled")), StringComparison.Ordinal);
        var element = (await Root.CallAsync("listVirtualRouterElements", ("nspid", provider))).Items.Single();
        await Root.FinishAsync("configureVirtualRouterElement", ("id", Id(element)), ("enabled", "true"));
        await Root.FinishAsync("updateNetworkServiceProvider", ("id", provider), ("state", "Enabled"));

        Assert.Equal(physical, Text((await Root.DoAsync("createNetwork", network)).Item, "physicalnetworkid"));

        await Root.FailAsync(530, "deleteTrafficType", ("id", Id((await Root.CallAsync("listTrafficTypes", ("physicalnetworkid", physical))).Items.Single())));
        Assert.Contains("active networks", await Root.FailAsync(530, "deleteNetworkServiceProvider", ("id", provider)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_chosen_by_the_tag_of_the_offering()
    {
        var terms = await Recipes.PhysicalTermsAsync(Root);
        (string, string)[] second = [.. terms.Where(term => term.Name is not ("tags" or "name")), ("tags", "slow"), ("name", "second")];
        foreach (var physical in ((string, string)[][])[terms, second])
        {
            var made = await Root.FinishAsync("createPhysicalNetwork", physical);
            await Root.FinishAsync("addTrafficType", ("physicalnetworkid", Id(made)), ("traffictype", "Guest"));
            await Root.FinishAsync("updatePhysicalNetwork", ("id", Id(made)), ("state", "Enabled"));
        }

        foreach (var (tag, name) in ((string, string)[])[("fast", "new-physical"), ("slow", "second")])
        {
            var offering = await Root.DoAsync(
                "createNetworkOffering", ("name", tag), ("displaytext", tag), ("guestiptype", "L2"), ("traffictype", "Guest"), ("enable", "true"),
                ("tags", tag), ("supportedservices", ""));
            var network = (await Root.DoAsync("createNetwork", ("name", tag), ("zoneid", await ZoneAsync("new")), ("networkofferingid", Id(offering.Item)))).Item;
            Assert.Equal(await Root.IdOfAsync("listPhysicalNetworks", name), Text(network, "physicalnetworkid"));
        }

        await Root.RefuseAsync(
            431, "createNetwork", ("name", "any"), ("zoneid", await ZoneAsync("new")),
            ("networkofferingid", await Root.IdOfAsync("listNetworkOfferings", "DefaultL2NetworkOffering")));
    }

    [Fact]
    public async Task Has_each_traffic_type_once_and_a_zone_most_of_them_once()
    {
        var id = await Recipes.PhysicalAsync(Root);
        await Root.RefuseAsync(530, "addTrafficType", ("physicalnetworkid", id), ("traffictype", "Guest"));
        await Root.RefuseAsync(431, "addTrafficType", ("physicalnetworkid", id), ("traffictype", "guest"));
        Assert.Contains("s-1-VM", await Root.RefuseAsync(530, "addTrafficType", ("physicalnetworkid", id), ("traffictype", "Storage")), StringComparison.Ordinal);
        var traffic = (await Root.CallAsync("listTrafficTypes", ("physicalnetworkid", id))).Items.Single(t => Text(t, "traffictype") == "Public");

        var labelled = await Root.FinishAsync("updateTrafficType", ("id", Id(traffic)), ("kvmnetworklabel", "bond0"));

        Assert.Equal("bond0", Text(labelled, "kvmnetworklabel"));
        Assert.Equal("PublicNetworkGuru", Text((await Root.CallAsync("listTrafficTypeImplementors", ("traffictype", "Public"))).Items.Single(), "traffictypeimplementor"));
    }

    [Fact]
    public async Task Adds_providers_that_are_known_with_services_they_have()
    {
        var id = await Recipes.PhysicalAsync(Root);
        await Root.RefuseAsync(431, "addNetworkServiceProvider", ("physicalnetworkid", id), ("name", "Unheard"));
        await Root.RefuseAsync(530, "addNetworkServiceProvider", ("physicalnetworkid", id), ("name", "VirtualRouter"));
        await Root.RefuseAsync(431, "addNetworkServiceProvider", ("physicalnetworkid", id), ("name", "Netscaler"), ("servicelist", "Dhcp"));
        await Root.RefuseAsync(431, "addNetworkServiceProvider", ("physicalnetworkid", id), ("name", "Tungsten"), ("servicelist", "Nonsense"));
        var made = await Root.FinishAsync("addNetworkServiceProvider", ("physicalnetworkid", id), ("name", "Netscaler"), ("servicelist", "Lb"));

        Assert.Equal("Disabled", Text(made, "state"));
        await Root.FailAsync(431, "updateNetworkServiceProvider", ("id", Id(made)), ("state", "Shutdown"));
        await Root.FinishAsync("deleteNetworkServiceProvider", ("id", Id(made)));
        var services = await Root.CallAsync("listSupportedNetworkServices", ("provider", "InternalLbVm"));
        Assert.Equal(["Lb"], services.Names);
        Assert.Contains("LbSchemes", services.Body, StringComparison.Ordinal);
        Assert.Contains("Vxlan", (await Root.CallAsync("listNetworkIsolationMethods")).Names);
    }

    [Fact]
    public async Task Has_devices_beside_it_and_one_traffic_monitor_a_zone()
    {
        await Root.RefuseAsync(530, "addNetworkDevice", ("networkdevicetype", "Toaster"));
        var device = (await Root.DoAsync(
            "addNetworkDevice", ("networkdevicetype", "PxeServer"), ("networkdeviceparameterlist[0].url", "http://10.20.0.92"))).Item;
        Assert.Single((await Root.CallAsync("listNetworkDevice", ("networkdevicetype", "PxeServer"))).Items);
        Assert.Empty((await Root.CallAsync("listNetworkDevice", ("networkdevicetype", "ExternalDhcp"))).Items);
        await Root.DoAsync("deleteNetworkDevice", ("id", Id(device)));
        await Root.RefuseAsync(431, "deleteNetworkDevice", ("id", await Root.IdOfAsync("listHosts", "fra1-kvm-1-h01")));

        var monitor = (await Root.DoAsync("addTrafficMonitor", ("zoneid", await ZoneAsync()), ("url", "http://10.20.0.91?numretries=5"))).Item;

        Assert.Equal(("10.20.0.91", "5"), (Text(monitor, "ipaddress"), Text(monitor, "numretries")));
        await Root.RefuseAsync(431, "addTrafficMonitor", ("zoneid", await ZoneAsync()), ("url", "http://10.20.0.93"));
        await Root.DoAsync("deleteTrafficMonitor", ("id", Id(monitor)));
        Assert.Empty((await Root.CallAsync("listTrafficMonitors", ("zoneid", await ZoneAsync()))).Items);
    }
}
