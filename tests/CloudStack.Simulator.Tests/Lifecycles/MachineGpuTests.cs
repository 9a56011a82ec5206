namespace CloudStack.Simulator.Tests.Lifecycles;

/// <summary>GPUs that machines get by their offering.</summary>
public sealed class MachineGpuTests : Scene
{
    [Fact]
    public async Task Gives_a_machine_a_gpu_of_its_host_until_it_stops()
    {
        var (offering, host) = await OfferAsync(devices: 1);
        var machine = Id(await DeployAsync(offering));

        Assert.Equal(host, Text(await LookAsync("listVirtualMachines", machine), "hostid"));
        var device = await DeviceAsync(host);
        Assert.Equal(("Allocated", machine), (Text(device, "state"), Text(device, "virtualmachineid")));
        Assert.Equal("1", Text(await LookAsync("listHosts", host), "gpuused"));
        await Root.RefuseAsync(431, "unmanageGpuDevice", ("ids", Id(device)));

        await Root.FinishAsync("stopVirtualMachine", ("id", machine));
        Assert.Equal("Free", Text(await DeviceAsync(host), "state"));
        await Root.FinishAsync("startVirtualMachine", ("id", machine));
        Assert.Equal("Allocated", Text(await DeviceAsync(host), "state"));
        await Root.FinishAsync("destroyVirtualMachine", ("id", machine));

        Assert.Equal(("Free", null), (Text(await DeviceAsync(host), "state"), Text(await DeviceAsync(host), "virtualmachineid")));
        Assert.Equal("0", Text(await LookAsync("listHosts", host), "gpuused"));
    }

    [Fact]
    public async Task Refuses_a_start_where_all_gpus_are_taken()
    {
        var (offering, _) = await OfferAsync(devices: 1);
        var waiting = Id(await DeployAsync(offering, ("startvm", "false")));
        var first = Id(await DeployAsync(offering));

        Assert.Contains("room", await Root.FailAsync(533, "startVirtualMachine", ("id", waiting)), StringComparison.Ordinal);
        Assert.Equal("Stopped", Text(await LookAsync("listVirtualMachines", waiting), "state"));
        await Root.FinishAsync("destroyVirtualMachine", ("id", first), ("expunge", "true"));

        await Root.FinishAsync("startVirtualMachine", ("id", waiting));
    }

    [Fact]
    public async Task Counts_gpus_against_the_owners_limit()
    {
        var (offering, _) = await OfferAsync(devices: 2);
        await Root.DoAsync(
            "updateResourceLimit", ("account", "web-team"), ("domainid", await Root.IdOfAsync("listDomains", "Engineering")), ("resourcetype", "16"), ("max", "1"));
        await DeployAsync(offering);

        await User.RefuseAsync(535, "deployVirtualMachine", await DeploymentAsync(("serviceofferingid", offering)));
    }

    [Fact]
    public async Task Refuses_an_offering_of_gpus_without_a_kind() => await Root.RefuseAsync(
        431, "createServiceOffering", ("name", "g"), ("displaytext", "g"), ("cpunumber", "1"), ("cpuspeed", "500"), ("memory", "512"), ("gpucount", "1"));

    private async Task<(string Offering, string Host)> OfferAsync(int devices)
    {
        var host = await Root.IdOfAsync("listHosts", "fra1-kvm-1-h03");
        var card = Id((await Root.DoAsync(
            "createGpuCard", ("name", "L4"), ("deviceid", "27b8"), ("devicename", "AD104GL"), ("vendorid", "10de"), ("vendorname", "NVIDIA"))).Item);
        var profile = Id((await Root.CallAsync("listVgpuProfiles", ("gpucardid", card))).Items.Single());
        for (var i = 0; i < devices; i++)
        {
            await Root.DoAsync("createGpuDevice", ("hostid", host), ("gpucardid", card), ("vgpuprofileid", profile), ("busaddress", $"0000:3b:0{i}.0"));
        }

        var offering = await Root.DoAsync(
            "createServiceOffering", ("name", "With GPU"), ("displaytext", "One GPU"), ("cpunumber", "1"), ("cpuspeed", "500"), ("memory", "512"),
            ("vgpuprofileid", profile));
        Assert.Equal("1", Text(offering.Item, "gpucount"));
        return (Id(offering.Item), host);
    }

    private async Task<System.Text.Json.JsonElement> DeployAsync(string offering, params (string Name, string Value)[] more) =>
        await User.FinishAsync("deployVirtualMachine", await DeploymentAsync([("serviceofferingid", offering), .. more]));

    private async Task<System.Text.Json.JsonElement> DeviceAsync(string host) => (await Root.CallAsync("listGpuDevices", ("hostid", host))).Items.Single();
}
