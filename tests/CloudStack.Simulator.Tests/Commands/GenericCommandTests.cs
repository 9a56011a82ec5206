using CloudStack.Simulator.Tests.Lifecycles;

namespace CloudStack.Simulator.Tests.Commands;

/// <summary>Commands without a life cycle are answered from the same store.</summary>
public sealed class GenericCommandTests : Scene
{
    [Fact]
    public void Says_which_commands_have_a_life_cycle()
    {
        Assert.True(TheCloud.HasLifecycle("deployVirtualMachine"));
        Assert.True(TheCloud.HasLifecycle("login"));
        Assert.False(TheCloud.HasLifecycle("createTungstenFabricProvider"));
        Assert.False(TheCloud.HasLifecycle("noSuchCommand"));
        Assert.InRange(CloudStackCatalog.Load().CommandNames.Count(TheCloud.HasLifecycle), 150, 917);
    }

    [Fact]
    public async Task Keeps_lists_updates_and_deletes_what_it_creates()
    {
        var hook = (await Root.DoAsync("createWebhook", ("name", "hook"), ("payloadurl", "https://hooks.example"), ("scope", "Local"))).Item;
        Assert.Equal(("hook", "https://hooks.example", "admin"), (Text(hook, "name"), Text(hook, "payloadurl"), Text(hook, "account")));

        await Root.DoAsync("updateWebhook", ("id", Id(hook)), ("name", "renamed"));
        Assert.Equal(["renamed"], (await Root.CallAsync("listWebhooks", ("id", Id(hook)))).Names);
        Assert.Empty((await Root.CallAsync("listWebhooks", ("name", "other"))).Items);

        await Root.DoAsync("deleteWebhook", ("id", Id(hook)));
        Assert.Contains("entity does not exist", await Root.RefuseAsync(431, "deleteWebhook", ("id", Id(hook))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Does_it_in_a_job_where_the_command_is_asynchronous()
    {
        var controller = await Root.FinishAsync(
            "addOpenDaylightController", ("physicalnetworkid", TheCloud.SampleId("PhysicalNetworkResponse")), ("url", "http://10.20.0.70:8181"),
            ("username", "odl"), ("password", "odl"));

        Assert.Single((await Root.CallAsync("listOpenDaylightControllers", ("id", Id(controller)))).Items);
        await Root.FinishAsync("deleteOpenDaylightController", ("id", Id(controller)));
        Assert.Empty((await Root.CallAsync("listOpenDaylightControllers")).Items);
    }

    [Fact]
    public async Task Shows_the_names_of_what_its_arguments_refer_to()
    {
        var zone = await ZoneAsync();
        var vpc = await Root.FinishAsync(
            "createVPC", ("name", "vpc"), ("displaytext", "vpc"), ("cidr", "10.8.0.0/16"), ("zoneid", zone), ("vpcofferingid", TheCloud.SampleId("VpcOfferingResponse")));
        await Root.DoAsync("updateZone", ("id", zone), ("name", "fra2"));

        Assert.Equal("fra2", Text(await LookAsync("listVPCs", Id(vpc)), "zonename"));
    }

    [Fact]
    public async Task Hides_what_belongs_to_others()
    {
        var hook = (await Root.DoAsync("createWebhook", ("name", "hook"), ("payloadurl", "https://hooks.example"), ("scope", "Local"))).Item;

        Assert.Empty((await User.CallAsync("listWebhooks", ("listall", "true"))).Items);
        await User.RefuseAsync(531, "deleteWebhook", ("id", Id(hook)));
    }

    [Fact]
    public async Task Never_deletes_the_place_of_what_it_is_to_delete()
    {
        await Root.DoAsync("removeVmwareDc", ("zoneid", await ZoneAsync()));

        Assert.Equal(2, (await Root.CallAsync("listZones")).Count);
    }
}
