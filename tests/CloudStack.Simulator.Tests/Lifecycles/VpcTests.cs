namespace CloudStack.Simulator.Tests.Lifecycles;

public sealed class VpcTests : Scene
{
    [Fact]
    public async Task Starts_with_a_source_address_and_a_router()
    {
        var vpc = await CreateAsync();

        Assert.Equal(("Enabled", "10.8.0.0/16", "web-team"), (Text(vpc, "state"), Text(vpc, "cidr"), Text(vpc, "account")));
        var address = (await User.CallAsync("listPublicIpAddresses", ("vpcid", Id(vpc)))).Items.Single();
        Assert.Equal(("True", "shop-vpc"), (Text(address, "issourcenat"), Text(address, "vpcname")));
        var router = (await Root.CallAsync("listRouters", ("vpcid", Id(vpc)), ("listall", "true"), ("forvpc", "true"))).Items.Single();
        Assert.Equal(("Running", Text(address, "ipaddress")), (Text(router, "state"), Text(router, "publicip")));
        Assert.Contains("VPC.CREATE", (await User.CallAsync("listEvents")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Waits_with_its_router_until_a_machine_needs_it()
    {
        var vpc = await CreateAsync(("start", "false"));
        Assert.Empty((await Root.CallAsync("listRouters", ("vpcid", Id(vpc)), ("listall", "true"))).Items);
        var tier = await TierAsync(Id(vpc), "front", "10.8.1.1");
        Assert.Equal(("Allocated", "shop-vpc", "default_deny"), (Text(tier, "state"), Text(tier, "vpcname"), Text(tier, "aclname")));

        var machine = await User.FinishAsync("deployVirtualMachine", await DeploymentAsync(("name", "first"), ("networkids", Id(tier))));

        Assert.StartsWith("10.8.1.", Text(machine.GetProperty("nic")[0], "ipaddress"), StringComparison.Ordinal);
        Assert.Equal("Implemented", Text(await LookAsync("listNetworks", Id(tier)), "state"));
        var router = (await Root.CallAsync("listRouters", ("networkid", Id(tier)), ("listall", "true"))).Items.Single();
        Assert.Equal(("shop-vpc", null), (Text(router, "vpcname"), Text(router, "guestnetworkid")));
        Assert.Equal("front", (await LookAsync("listVPCs", Id(vpc))).GetProperty("network")[0].GetProperty("name").GetString());
    }

    [Fact]
    public async Task Refuses_tiers_that_do_not_fit()
    {
        var vpc = Id(await CreateAsync());
        await TierAsync(vpc, "front", "10.8.1.1");

        Assert.Contains("isn't within", await RefuseTierAsync(vpc, ("gateway", "10.9.1.1")), StringComparison.Ordinal);
        Assert.Contains("overlaps", await RefuseTierAsync(vpc, ("gateway", "10.8.1.129"), ("netmask", "255.255.255.128")), StringComparison.Ordinal);
        Assert.Contains("balance load", await RefuseTierAsync(vpc, ("networkofferingid", await TierOfferingAsync(""))), StringComparison.Ordinal);
        Assert.Contains("isn't one for tiers", await RefuseTierAsync(vpc, ("networkofferingid", await Root.IdOfAsync("listNetworkOfferings", "DefaultIsolatedNetworkOfferingWithSourceNatService"))), StringComparison.Ordinal);
        Assert.Contains("ACL list", await RefuseTierAsync(vpc, ("aclid", await NewListAsync(Id(await CreateAsync())))), StringComparison.Ordinal);
        await Root.As(TheCloud.Credentials.OtherUser).RefuseAsync(531, "createNetwork", [.. await TierTermsAsync(vpc), ("gateway", "10.8.2.1")]);
        await User.RefuseAsync(
            431, "createNetwork", ("name", "alone"), ("zoneid", await ZoneAsync()), ("networkofferingid", await TierOfferingAsync("NoLB")));
    }

    [Fact]
    public async Task Is_refused_with_what_no_vpc_can_be_made_of()
    {
        var offering = Id(await Root.FinishAsync("createVPCOffering", ("name", "not yet"), ("supportedservices", "Dhcp,Dns,SourceNat")));
        Assert.Contains("not Enabled", await User.RefuseAsync(431, "createVPC", [.. await TermsAsync(("vpcofferingid", offering))]), StringComparison.Ordinal);
        await Root.FinishAsync("updateVPCOffering", ("id", offering), ("state", "Enabled"));
        await User.RefuseAsync(431, "createVPC", await TermsAsync(("cidr", "10.8.0.0")));
        await User.RefuseAsync(431, "createVPC", await TermsAsync(("cidr", "10.8.0.0/30")));
        await User.FailAsync(431, "createVPC", await TermsAsync(("sourcenatipaddress", "192.0.2.1")));
        Assert.Empty((await User.CallAsync("listVPCs")).Items);

        await Root.DoAsync("updateResourceLimit", [.. await OwnerAsync(), ("resourcetype", "7"), ("max", "1")]);
        await User.FinishAsync("createVPC", await TermsAsync(("vpcofferingid", offering)));
        await User.RefuseAsync(535, "createVPC", await TermsAsync());
    }

    [Fact]
    public async Task Is_rebuilt_with_two_routers_that_stand_in_for_each_other()
    {
        var vpc = Id(await CreateAsync());
        var former = (await Root.CallAsync("listRouters", ("vpcid", vpc), ("listall", "true"))).Items.Single();
        await User.FinishAsync("restartVPC", ("id", vpc));
        Assert.True(await ExistsAsync("listRouters", Id(former)));

        await User.FinishAsync("restartVPC", ("id", vpc), ("makeredundant", "true"));

        Assert.False(await ExistsAsync("listRouters", Id(former)));
        Assert.Equal(["PRIMARY", "BACKUP"], await StatesAsync(vpc));
        var primary = (await Root.CallAsync("listRouters", ("vpcid", vpc), ("listall", "true"))).Items[0];
        await Root.FinishAsync("stopRouter", ("id", Id(primary)));
        Assert.Equal(["UNKNOWN", "PRIMARY"], await StatesAsync(vpc));
        await User.FailAsync(431, "restartVPC", ("id", vpc), ("cleanup", "true"), ("livepatch", "true"));
    }

    [Fact]
    public async Task Is_deleted_without_leaving_anything_once_its_tiers_are_gone()
    {
        var vpc = Id(await CreateAsync());
        var tier = await TierAsync(vpc, "front", "10.8.1.1");
        var list = await NewListAsync(vpc);
        await User.FinishAsync("createNetworkACL", ("aclid", list), ("protocol", "all"));
        Assert.Contains("used by 1 networks", await User.FailAsync(431, "deleteVPC", ("id", vpc)), StringComparison.Ordinal);
        await User.FinishAsync("deleteNetwork", ("id", Id(tier)));

        await User.FinishAsync("deleteVPC", ("id", vpc));

        Assert.Empty((await User.CallAsync("listVPCs")).Items);
        Assert.False(await ExistsAsync("listNetworkACLLists", list));
        Assert.Empty((await Root.CallAsync("listPublicIpAddresses", ("vpcid", vpc), ("listall", "true"))).Items);
        Assert.Empty((await Root.CallAsync("listRouters", ("vpcid", vpc), ("listall", "true"))).Items);
    }

    [Fact]
    public async Task Moves_to_another_offering_with_an_offering_for_each_tier()
    {
        var vpc = Id(await CreateAsync());
        var tier = await TierAsync(vpc, "front", "10.8.1.1");
        var redundant = await Root.IdOfAsync("listVPCOfferings", "Redundant VPC offering");
        await Root.RefuseAsync(431, "migrateVPC", ("vpcid", vpc), ("vpcofferingid", redundant));

        var moved = await Root.FinishAsync(
            "migrateVPC", ("vpcid", vpc), ("vpcofferingid", redundant),
            ("tiernetworkofferings[0].networkid", Id(tier)), ("tiernetworkofferings[0].networkofferingid", await TierOfferingAsync("NoLB")));

        Assert.Equal(("True", "Redundant VPC offering"), (Text(moved, "redundantvpcrouter"), Text(moved, "vpcofferingname")));
        Assert.Equal(["PRIMARY", "BACKUP"], await StatesAsync(vpc));
        Assert.EndsWith("NoLB", Text(await LookAsync("listNetworks", Id(tier)), "networkofferingname"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keeps_offerings_that_are_in_use()
    {
        await CreateAsync();
        var usual = await Root.IdOfAsync("listVPCOfferings", "Default VPC offering");
        await Root.FailAsync(431, "deleteVPCOffering", ("id", usual));
        await Root.RefuseAsync(431, "createVPCOffering", ("name", "Default VPC offering"));
        await Root.RefuseAsync(431, "createVPCOffering", ("name", "odd"), ("supportedservices", "SecurityGroup"));
        var own = Id(await Root.FinishAsync("createVPCOffering", ("name", "own"), ("enable", "true")));
        var vpc = Id(await User.FinishAsync("createVPC", await TermsAsync(("vpcofferingid", own))));

        Assert.Contains("1 VPCs", await Root.FailAsync(431, "deleteVPCOffering", ("id", own)), StringComparison.Ordinal);
        await User.FinishAsync("deleteVPC", ("id", vpc));
        await Root.FinishAsync("deleteVPCOffering", ("id", own));
    }

    [Fact]
    public async Task Takes_further_addresses_of_which_one_becomes_the_source()
    {
        var vpc = Id(await CreateAsync());
        var more = await User.FinishAsync("associateIpAddress", ("vpcid", vpc));
        await User.FailAsync(431, "updateVPC", ("id", vpc), ("sourcenatipaddress", "192.0.2.1"));

        await User.FinishAsync("updateVPC", ("id", vpc), ("name", "renamed"), ("sourcenatipaddress", Text(more, "ipaddress")!));

        var source = (await User.CallAsync("listPublicIpAddresses", ("vpcid", vpc), ("issourcenat", "true"))).Items.Single();
        Assert.Equal((Text(more, "ipaddress"), "renamed"), (Text(source, "ipaddress"), Text(source, "vpcname")));
    }

    private async Task<IReadOnlyList<string?>> StatesAsync(string vpc) =>
        [.. (await Root.CallAsync("listRouters", ("vpcid", vpc), ("listall", "true"))).Items.Select(router => Text(router, "redundantstate"))];

    private async Task<(string Name, string Value)[]> OwnerAsync() =>
        [("account", "web-team"), ("domainid", await Root.IdOfAsync("listDomains", "Engineering"))];

    private async Task<System.Text.Json.JsonElement> CreateAsync(params (string Name, string Value)[] more) =>
        await User.FinishAsync("createVPC", await TermsAsync(more));

    private async Task<(string Name, string Value)[]> TermsAsync(params (string Name, string Value)[] more)
    {
        (string Name, string Value)[] usual =
        [
            ("name", "shop-vpc"), ("cidr", "10.8.0.0/16"), ("zoneid", await ZoneAsync()),
            ("vpcofferingid", await Root.IdOfAsync("listVPCOfferings", "Default VPC offering")),
        ];
        return [.. usual.ExceptBy(more.Select(m => m.Name), u => u.Name), .. more];
    }

    private async Task<string> NewListAsync(string vpc) => Id(await User.FinishAsync("createNetworkACLList", ("name", "list"), ("vpcid", vpc)));

    private Task<string> TierOfferingAsync(string end) => Root.IdOfAsync("listNetworkOfferings", "DefaultIsolatedNetworkOfferingForVpcNetworks" + end);

    private async Task<(string Name, string Value)[]> TierTermsAsync(string vpc) =>
    [
        ("name", "next"), ("zoneid", await ZoneAsync()), ("vpcid", vpc), ("netmask", "255.255.255.0"),
        ("networkofferingid", await TierOfferingAsync("NoLB")),
    ];

    private async Task<System.Text.Json.JsonElement> TierAsync(string vpc, string name, string gateway) => (await User.DoAsync(
        "createNetwork", ("name", name), ("zoneid", await ZoneAsync()), ("vpcid", vpc), ("gateway", gateway), ("netmask", "255.255.255.0"),
        ("networkofferingid", await TierOfferingAsync("")))).Item;

    private async Task<string> RefuseTierAsync(string vpc, params (string Name, string Value)[] odd)
    {
        (string Name, string Value)[] usual = [.. await TierTermsAsync(vpc), ("gateway", "10.8.2.1")];
        return await User.RefuseAsync(431, "createNetwork", [.. usual.ExceptBy(odd.Select(m => m.Name), u => u.Name), .. odd]);
    }
}
