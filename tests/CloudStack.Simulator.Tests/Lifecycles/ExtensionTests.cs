using CloudStack.Simulator.Tests.Support;

namespace CloudStack.Simulator.Tests.Lifecycles;

/// <summary>Extensions, the clusters they run, and their custom actions.</summary>
public sealed class ExtensionTests : Scene
{
    [Fact]
    public async Task Keeps_extensions_of_the_cloud_and_of_people()
    {
        var proxmox = await Root.IdOfAsync("listExtensions", "Proxmox");
        await Root.RefuseAsync(431, "deleteExtension", ("id", proxmox));

        var extension = (await Root.DoAsync(
            "createExtension", ("name", "Metal"), ("type", "orchestrator"), ("details[0].endpoint", "https://metal.example"))).Item;

        Assert.Equal(("Metal/Metal.sh", "Enabled", "True"), (Text(extension, "path"), Text(extension, "state"), Text(extension, "isuserdefined")));
        await Root.RefuseAsync(431, "createExtension", ("name", "metal"), ("type", "Orchestrator"));
        await Root.RefuseAsync(431, "createExtension", ("name", "Other"), ("type", "Network"));
        await Root.RefuseAsync(431, "createExtension", ("name", "Other"), ("type", "Orchestrator"), ("path", "../../bin/sh"));
        await Root.RefuseAsync(431, "createExtension", ("name", "Other"), ("type", "Orchestrator"), ("state", "Half"));
        await Root.RefuseAsync(431, "updateExtension", ("id", Id(extension)), ("cleanupdetails", "true"), ("details[0].a", "b"));
        var changed = (await Root.DoAsync("updateExtension", ("id", Id(extension)), ("state", "disabled"), ("cleanupdetails", "true"))).Item;
        Assert.Equal(("Disabled", null), (Text(changed, "state"), Text(changed, "details")));
        await Root.DoAsync("deleteExtension", ("id", Id(extension)));
        Assert.Equal(2, (await Root.CallAsync("listExtensions")).Items.Count);
    }

    [Fact]
    public async Task Runs_a_cluster_with_the_hypervisor_External_and_no_other()
    {
        var (extension, cluster) = (await ExtensionAsync(), await ClusterAsync());
        (string, string)[] pair = [("extensionid", extension), ("resourceid", cluster), ("resourcetype", "Cluster")];
        var kvm = await Root.IdOfAsync("listClusters", "fra1-kvm-1");
        await Root.RefuseAsync(431, "registerExtension", ("extensionid", extension), ("resourceid", kvm), ("resourcetype", "Cluster"));
        await Root.RefuseAsync(431, "unregisterExtension", pair);

        var registered = (await Root.DoAsync("registerExtension", [.. pair, ("details[0].node", "n1")])).Item;

        Assert.Equal(cluster, Id(registered.GetProperty("resources")[0]));
        Assert.Equal("Metal", Text(await LookAsync("listClusters", cluster), "extensionname"));
        await Root.RefuseAsync(431, "registerExtension", pair);
        await Root.RefuseAsync(431, "deleteExtension", ("id", extension));
        await Root.DoAsync("unregisterExtension", pair);
        Assert.Null(Text(await LookAsync("listClusters", cluster), "extensionid"));
        await Root.DoAsync("registerExtension", pair);
        await Root.DoAsync("deleteCluster", ("id", cluster));
        await Root.DoAsync("deleteExtension", ("id", extension));
    }

    [Fact]
    public async Task Registers_with_a_cluster_as_it_is_added()
    {
        var extension = await ExtensionAsync();
        (string, string)[] place = [("podid", await Root.IdOfAsync("listPods", "fra1-pod-1")), ("zoneid", await ZoneAsync()), ("clustertype", "CloudManaged")];
        await Root.RefuseAsync(431, "addCluster", [.. place, ("clustername", "more"), ("hypervisor", "KVM"), ("extensionid", extension)]);

        await Root.DoAsync("addCluster", [.. place, ("clustername", "more"), ("hypervisor", "External"), ("extensionid", extension)]);

        Assert.Equal("more", Text((await LookAsync("listExtensions", extension)).GetProperty("resources")[0], "name"));
    }

    [Fact]
    public async Task Shows_and_runs_actions_for_those_who_may()
    {
        var extension = await ExtensionAsync();
        var machine = await MachineUnderAsync(extension);
        var action = Id((await Root.DoAsync(
            "addCustomAction", ("extensionid", extension), ("name", "blink"), ("allowedroletypes", "User"), ("successmessage", "{{resourceName}} did {{actionName}}"),
            ("parameters[0].name", "times"), ("parameters[0].type", "number"), ("parameters[0].required", "true"))).Item);
        (string, string)[] run = [("customactionid", action), ("resourceid", machine), ("parameters[0].times", "3")];
        await Root.FailAsync(431, "runCustomAction", run);
        Assert.Empty((await User.CallAsync("listCustomActions", ("resourceid", machine))).Items);
        await Root.DoAsync("updateCustomAction", ("id", action), ("enabled", "true"));
        Assert.Equal("blink", Text((await User.CallAsync("listCustomActions", ("resourceid", machine))).Items.Single(), "name"));

        var result = await User.FinishAsync("runCustomAction", run);

        Assert.Equal("outside did blink", Text(result.GetProperty("result"), "message"));
        await User.RefuseAsync(431, "runCustomAction", run[..2]);
        await User.RefuseAsync(431, "runCustomAction", [.. run[..2], ("parameters[0].times", "often")]);
        await Root.DoAsync("updateCustomAction", ("id", action), ("allowedroletypes", "DomainAdmin"));
        await User.RefuseAsync(531, "runCustomAction", run);
        await Root.DoAsync("updateExtension", ("id", extension), ("state", "Disabled"));
        await Root.FailAsync(431, "runCustomAction", run);
    }

    [Fact]
    public async Task Runs_no_action_on_a_machine_that_the_extension_does_not_run()
    {
        var action = Id((await Root.DoAsync("addCustomAction", ("extensionid", await ExtensionAsync()), ("name", "blink"), ("enabled", "true"))).Item);
        var failure = await Root.FailAsync(431, "runCustomAction", ("customactionid", action), ("resourceid", await MachineAsync("web-01")));
        Assert.Contains("doesn't run", failure, StringComparison.Ordinal);
        await Root.RefuseAsync(431, "runCustomAction", ("customactionid", action), ("resourceid", await VolumeAsync("scratch")));
    }

    [Fact]
    public async Task Takes_only_actions_that_make_sense_and_forgets_them_with_their_extension()
    {
        var extension = await ExtensionAsync();
        (string, string)[] blink = [("extensionid", extension), ("name", "blink")];
        var action = Id((await Root.DoAsync("addCustomAction", [.. blink, ("parameters[0].name", "colour"), ("parameters[0].valueoptions", "red,blue")])).Item);
        await Root.RefuseAsync(431, "addCustomAction", blink);
        (string, string)[][] wrong =
        [
            [("resourcetype", "Volume")], [("timeout", "0")], [("allowedroletypes", "Nobody")], [("parameters[0].type", "STRING")],
            [("parameters[0].name", "a"), ("parameters[0].type", "COLOUR")],
            [("parameters[0].name", "a"), ("parameters[0].type", "NUMBER"), ("parameters[0].valueoptions", "1,two")],
            [("parameters[0].name", "a"), ("parameters[0].type", "BOOLEAN"), ("parameters[0].validationformat", "URL")],
        ];
        foreach (var arguments in wrong)
        {
            await Root.RefuseAsync(431, "updateCustomAction", [("id", action), ("description", "changed"), .. arguments]);
        }

        var listed = await LookAsync("listCustomActions", action);
        Assert.Null(Text(listed, "description"));
        Assert.Equal("blue", listed.GetProperty("parameters")[0].GetProperty("valueoptions")[1].GetString());
        await Root.DoAsync("updateCustomAction", ("id", action), ("cleanupparameters", "true"));
        Assert.Null(Text(await LookAsync("listCustomActions", action), "parameters"));
        await Root.DoAsync("deleteCustomAction", ("id", action));
        await Root.DoAsync("addCustomAction", blink);
        await Root.DoAsync("deleteExtension", ("id", extension));
        Assert.Empty((await Root.CallAsync("listCustomActions")).Items);
    }

    private async Task<string> ExtensionAsync() => Id((await Root.DoAsync("createExtension", ("name", "Metal"), ("type", "Orchestrator"))).Item);

    private Task<string> ClusterAsync() => Recipes.OutsideClusterAsync(Root);

    private async Task<string> MachineUnderAsync(string extension)
    {
        await Recipes.PlaceOutsideAsync(Root, extension);
        return Id((await Root.CallAsync("listVirtualMachines", ("listall", "true"), ("name", "outside"))).Items.Single());
    }
}
