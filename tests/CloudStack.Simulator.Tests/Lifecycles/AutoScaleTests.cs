using CloudStack.Simulator.Tests.Support;

namespace CloudStack.Simulator.Tests.Lifecycles;

public sealed class AutoScaleTests : Scene
{
    public AutoScaleTests() => TheCloud.Clock.Pace = ClockPace.Stepped;

    [Fact]
    public async Task Grows_with_the_load_and_never_beyond_its_bounds()
    {
        await Root.FinishAsync("createAutoScaleVmGroup", await Recipes.GroupPartsAsync(Root));
        Assert.Equal(1, await CountAsync());

        Advance(90);
        Assert.Equal(2, await CountAsync());
        Advance(3600);
        Assert.Equal(3, await CountAsync());
        var rule = await Root.IdOfAsync("listLoadBalancerRules", "web");
        Assert.Equal(3, (await Root.CallAsync("listLoadBalancerRuleInstances", ("id", rule))).Count);
    }

    [Fact]
    public async Task Shrinks_when_the_load_is_gone()
    {
        var group = await GrownAsync();
        await Root.FinishAsync("disableAutoScaleVmGroup", ("id", group));
        await Root.FinishAsync(
            "updateAutoScaleVmGroup", ("id", group), ("scaleuppolicyids", await Recipes.PolicyAsync(Root, "ScaleUp", "GT", "101")),
            ("scaledownpolicyids", await Recipes.PolicyAsync(Root, "ScaleDown", "LT", "101")));
        Advance(3600);
        Assert.Equal(3, await CountAsync());

        await Root.FinishAsync("enableAutoScaleVmGroup", ("id", group));
        Advance(3600);

        Assert.Equal(1, await CountAsync());
        var events = (await Root.CallAsync("listEvents", ("listall", "true"))).Items.Select(e => e.GetProperty("type").GetString()).ToList();
        Assert.Contains("AUTOSCALEVMGROUP.SCALEUP", events);
        Assert.Contains("AUTOSCALEVMGROUP.SCALEDOWN", events);
        Assert.Single(TheCloud.Store.Table("UserVmResponse"), machine => machine.Name!.StartsWith("autoscale-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Replaces_a_machine_that_goes()
    {
        await Root.FinishAsync("createAutoScaleVmGroup", await Recipes.GroupPartsAsync(Root));
        var machine = TheCloud.Store.Table("UserVmResponse").Single(m => m.Name!.StartsWith("autoscale-", StringComparison.Ordinal));
        await Root.FinishAsync("destroyVirtualMachine", ("id", machine.Id), ("expunge", "true"));
        Assert.Equal(0, await CountAsync());

        Advance(30);

        Assert.Equal(1, await CountAsync());
    }

    [Fact]
    public async Task Decides_alone_about_the_machines_of_its_rule()
    {
        var group = await GrownAsync();
        var rule = await Root.IdOfAsync("listLoadBalancerRules", "web");

        await Root.RefuseAsync(431, "deleteLoadBalancerRule", ("id", rule));
        await Root.RefuseAsync(431, "assignToLoadBalancerRule", ("id", rule), ("virtualmachineids", await Root.IdOfAsync("listVirtualMachines", "web-01")));
        await Root.FailAsync(431, "deleteAutoScaleVmGroup", ("id", group));
        await Root.FinishAsync("deleteAutoScaleVmGroup", ("id", group), ("cleanup", "true"));
        Assert.DoesNotContain(TheCloud.Store.Table("UserVmResponse"), m => m.Name!.StartsWith("autoscale-", StringComparison.Ordinal));
        await Root.FinishAsync("deleteLoadBalancerRule", ("id", rule));
    }

    [Fact]
    public async Task Is_changed_only_while_disabled_and_keeps_its_parts()
    {
        var parts = await Recipes.GroupPartsAsync(Root);
        await Root.RefuseAsync(431, "createAutoScaleVmGroup", [.. parts.Where(p => p.Name != "minmembers"), ("minmembers", "4")]);
        var group = (await Root.FinishAsync("createAutoScaleVmGroup", parts)).GetProperty("id").GetString()!;

        await Root.FailAsync(431, "updateAutoScaleVmGroup", ("id", group), ("maxmembers", "5"));
        await Root.FailAsync(431, "enableAutoScaleVmGroup", ("id", group));
        await Root.FailAsync(431, "deleteAutoScaleVmProfile", ("id", parts.Single(p => p.Name == "vmprofileid").Value));
        await Root.FailAsync(431, "deleteAutoScalePolicy", ("id", parts.Single(p => p.Name == "scaleuppolicyids").Value));
        await Root.FailAsync(536, "deleteCondition", ("id", TheCloud.Store.Table("ConditionResponse").First().Id));
        await Root.FailAsync(536, "deleteCounter", ("id", TheCloud.Store.Table("CounterResponse").First().Id));
        await Root.RefuseAsync(431, "createCounter", ("name", "n"), ("provider", "p"), ("source", "weather"), ("value", "v"));
    }

    private async Task<string> GrownAsync()
    {
        var group = await Root.FinishAsync("createAutoScaleVmGroup", await Recipes.GroupPartsAsync(Root));
        Advance(3600);
        return group.GetProperty("id").GetString()!;
    }

    private async Task<int> CountAsync() =>
        (await Root.CallAsync("listAutoScaleVmGroups", ("listall", "true"))).Items.Single().GetProperty("availablevirtualmachinecount").GetInt32();

    private void Advance(int seconds) => TheCloud.Clock.Step(TimeSpan.FromSeconds(seconds));
}
