using CloudStack.Simulator.Tests.Support;

namespace CloudStack.Simulator.Tests.Lifecycles;

/// <summary>Balancers inside VPCs, global ones, and IP forwarding.</summary>
public sealed class InternalBalancerTests : Scene
{
    [Fact]
    public async Task Balances_inside_a_tier_by_a_machine_of_its_own()
    {
        var parts = await Recipes.InternalBalancerPartsAsync(Root);
        var made = await Root.FinishAsync("createLoadBalancer", parts);

        Assert.Equal(("10.20.7.50", "data-team"), (Text(made, "sourceipaddress"), Text(made, "account")));
        Assert.Equal("Active", Text(made.GetProperty("loadbalancerrule")[0], "state"));
        var machine = (await Root.CallAsync("listInternalLoadBalancerVMs", ("listall", "true"))).Items.Single();
        Assert.Equal(("Running", "INTERNAL_LB_VM", "10.20.7.50"), (Text(machine, "state"), Text(machine, "role"), Text(machine, "guestipaddress")));
        Assert.DoesNotContain((await Root.CallAsync("listRouters", ("listall", "true"))).Items, router => Id(router) == Id(machine));
        await Root.RefuseAsync(431, "destroyRouter", ("id", Id(machine)));
        await Root.RefuseAsync(537, "createLoadBalancer", parts);
        await Root.FinishAsync("createLoadBalancer", [.. parts.Where(a => a.Name != "sourceport"), ("sourceport", "443")]);
        Assert.Single((await Root.CallAsync("listInternalLoadBalancerVMs", ("listall", "true"))).Items);
        Assert.Equal("Stopped", Text(await Root.FinishAsync("stopInternalLoadBalancerVM", ("id", Id(machine))), "state"));
        Assert.Equal("Running", Text(await Root.FinishAsync("startInternalLoadBalancerVM", ("id", Id(machine))), "state"));

        foreach (var rule in (await Root.CallAsync("listLoadBalancers", ("listall", "true"))).Items)
        {
            await Root.FinishAsync("deleteLoadBalancer", ("id", Id(rule)));
        }

        Assert.Empty((await Root.CallAsync("listInternalLoadBalancerVMs", ("listall", "true"))).Items);
    }

    [Fact]
    public async Task Shows_the_machines_behind_it_and_goes_with_its_tier()
    {
        var parts = await Recipes.InternalBalancerPartsAsync(Root);
        var made = Id(await Root.FinishAsync("createLoadBalancer", parts));
        var tier = parts.Single(part => part.Name == "networkid").Value;
        var machine = Id(await Root.FinishAsync("deployVirtualMachine", await DeploymentAsync(
            ("name", "behind"), ("networkids", tier), ("domainid", await Root.IdOfAsync("listDomains", "Engineering")), ("account", "data-team"))));
        await Root.FinishAsync("assignToLoadBalancerRule", ("id", made), ("virtualmachineids", machine));

        var shown = (await LookAsync("listLoadBalancers", made)).GetProperty("loadbalancerinstance")[0];

        Assert.Equal((machine, "behind", "Running"), (Id(shown), Text(shown, "name"), Text(shown, "state")));
        await Root.FinishAsync("destroyVirtualMachine", ("id", machine), ("expunge", "true"));
        Assert.False((await LookAsync("listLoadBalancers", made)).TryGetProperty("loadbalancerinstance", out _));
        await Root.FinishAsync("deleteNetwork", ("id", tier));
        Assert.Empty((await Root.CallAsync("listLoadBalancers", ("listall", "true"))).Items);
        Assert.Empty((await Root.CallAsync("listInternalLoadBalancerVMs", ("listall", "true"))).Items);
    }

    [Theory]
    [InlineData("scheme", "Public")]
    [InlineData("algorithm", "random")]
    [InlineData("sourceport", "70000")]
    [InlineData("sourceipaddress", "10.99.0.1")]
    public async Task Refuses_a_balancer_that_cannot_be(string name, string value) => await Root.RefuseAsync(
        431, "createLoadBalancer", [.. (await Recipes.InternalBalancerPartsAsync(Root)).Where(part => part.Name != name), (name, value)]);

    [Fact]
    public async Task Needs_a_tier_whose_load_is_balanced_inside()
    {
        var tier = await NetworkAsync("data-loaders");
        Assert.Contains("InternalLbVm", await Root.RefuseAsync(
            431, "createLoadBalancer", ("networkid", tier), ("sourceipaddressnetworkid", tier), ("scheme", "Internal"), ("name", "inner"),
            ("algorithm", "roundrobin"), ("sourceport", "80"), ("instanceport", "80")), StringComparison.Ordinal);
        await Root.RefuseAsync(431, "createInternalLoadBalancerElement", ("nspid", await Recipes.ProviderAsync(Root, "InternalLbVm")));
        await Root.RefuseAsync(431, "createInternalLoadBalancerElement", ("nspid", await Recipes.ProviderAsync(Root, "ConfigDrive")));
        var element = (await Root.CallAsync("listInternalLoadBalancerElements", ("nspid", await Recipes.ProviderAsync(Root, "InternalLbVm")))).Items.Single();
        Assert.Equal("False", Text(await Root.FinishAsync("configureInternalLoadBalancerElement", ("id", Id(element)), ("enabled", "false")), "enabled"));
    }

    [Fact]
    public async Task Balances_by_one_name_over_zones()
    {
        (string, string)[] terms = [("name", "shop"), ("regionid", "1"), ("gslbdomainname", "shop.example"), ("gslbservicetype", "tcp")];
        await User.RefuseAsync(431, "createGlobalLoadBalancerRule", [.. terms, ("gslblbmethod", "random")]);
        await User.RefuseAsync(431, "createGlobalLoadBalancerRule", [.. terms.Where(a => a.Item1 != "gslbdomainname"), ("gslbdomainname", "no name")]);
        var global = await User.FinishAsync("createGlobalLoadBalancerRule", terms);
        await User.RefuseAsync(431, "createGlobalLoadBalancerRule", terms);
        var rule = await Root.IdOfAsync("listLoadBalancerRules", "web");
        (string, string)[] pair = [("id", Id(global)), ("loadbalancerrulelist", rule)];

        await User.FinishAsync("assignToGlobalLoadBalancerRule", pair);

        await User.FailAsync(431, "assignToGlobalLoadBalancerRule", pair);
        Assert.Equal("web", Text((await LookAsync("listGlobalLoadBalancerRules", Id(global))).GetProperty("loadbalancerrule")[0], "name"));
        await User.FinishAsync("deleteLoadBalancerRule", ("id", rule));
        Assert.False((await LookAsync("listGlobalLoadBalancerRules", Id(global))).TryGetProperty("loadbalancerrule", out _));
        await User.FinishAsync("updateGlobalLoadBalancerRule", ("id", Id(global)), ("gslblbmethod", "proximity"));
        await User.FinishAsync("deleteGlobalLoadBalancerRule", ("id", Id(global)));
    }

    [Fact]
    public async Task Forwards_ports_of_a_static_nat_address_until_that_ends()
    {
        var address = Id(await User.FinishAsync("associateIpAddress", ("networkid", await NetworkAsync("web-net"))));
        (string, string)[] rule = [("ipaddressid", address), ("protocol", "tcp"), ("startport", "8000"), ("endport", "8010")];
        await User.RefuseAsync(431, "createIpForwardingRule", rule);
        await User.DoAsync("enableStaticNat", ("ipaddressid", address), ("virtualmachineid", await MachineAsync("web-02")));

        var made = await User.FinishAsync("createIpForwardingRule", rule);

        Assert.Equal("web-02", Text(made, "virtualmachinename"));
        await User.RefuseAsync(537, "createIpForwardingRule", [.. rule.Where(a => a.Item1 != "startport"), ("startport", "8005")]);
        var listed = (await User.CallAsync("listIpForwardingRules", ("ipaddressid", address))).Items.Single();
        Assert.Equal(("8000", "8010"), (Text(listed, "startport"), Text(listed, "endport")));
        Assert.DoesNotContain((await User.CallAsync("listPortForwardingRules")).Items, one => Id(one) == Id(made));
        Assert.Contains((await User.CallAsync("listFirewallRules", ("ipaddressid", address))).Items, one => Text(one, "startport") == "8000");
        await User.RefuseAsync(431, "deletePortForwardingRule", ("id", Id(made)));
        var second = await User.FinishAsync("createIpForwardingRule", [.. rule.Where(a => a.Item1 is "ipaddressid" or "protocol"), ("startport", "9000")]);
        await User.FinishAsync("deleteIpForwardingRule", ("id", Id(second)));
        await User.FinishAsync("disableStaticNat", ("ipaddressid", address));
        Assert.Empty((await User.CallAsync("listIpForwardingRules")).Items);
        Assert.Empty((await User.CallAsync("listFirewallRules", ("ipaddressid", address))).Items);
    }
}
