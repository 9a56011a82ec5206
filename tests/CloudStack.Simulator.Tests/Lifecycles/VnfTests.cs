namespace CloudStack.Simulator.Tests.Lifecycles;

public sealed class VnfTests : Scene
{
    [Fact]
    public async Task An_appliance_needs_the_networks_that_its_template_requires()
    {
        var template = await RegisterAsync(("vnfnics[0].deviceid", "0"), ("vnfnics[0].name", "outside"), ("vnfnics[1].deviceid", "1"), ("vnfnics[1].name", "inside"));
        var deployment = await DeploymentAsync(("templateid", template), ("networkids", await NetworkAsync("web-net")));

        Assert.Contains("requires 2 networks", await User.RefuseAsync(431, "deployVnfAppliance", deployment), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_appliance_is_a_machine_that_shows_how_to_get_at_it()
    {
        var template = await RegisterAsync(("vnfnics[0].deviceid", "0"), ("vnfnics[0].name", "outside"));

        var appliance = await User.FinishAsync(
            "deployVnfAppliance", await DeploymentAsync(("name", "wall"), ("templateid", template), ("networkids", await NetworkAsync("web-net"))));

        Assert.Equal("Running", Text(appliance, "state"));
        Assert.Contains("https", appliance.GetProperty("vnfdetails").GetRawText(), StringComparison.Ordinal);
        Assert.Equal(["wall"], (await User.CallAsync("listVnfAppliances")).Names);
        await User.FailAsync(431, "deleteVnfTemplate", ("id", template));
    }

    [Fact]
    public async Task Only_templates_of_network_functions_count()
    {
        var usual = await TemplateAsync();
        await User.RefuseAsync(431, "deployVnfAppliance", await DeploymentAsync(("templateid", usual)));
        await Root.RefuseAsync(431, "deleteVnfTemplate", ("id", usual));
        await Root.RefuseAsync(431, "updateVnfTemplate", ("id", usual), ("name", "other"));
        Assert.Equal(0, (await Root.CallAsync("listVnfTemplates", ("templatefilter", "all"))).Count);
    }

    [Theory]
    [InlineData("1", "true")]
    [InlineData("x", "true")]
    [InlineData("64", "true")]
    public async Task Interfaces_count_from_zero_without_a_gap(string device, string required) =>
        await User.RefuseAsync(431, "registerVnfTemplate", Description(("vnfnics[0].deviceid", device), ("vnfnics[0].name", "a"), ("vnfnics[0].required", required)));

    [Fact]
    public async Task A_machine_moves_with_its_volumes()
    {
        var machine = await MachineAsync("web-01");
        var before = Text(await LookAsync("listVirtualMachines", machine), "hostid");

        var moved = await Root.FinishAsync("migrateVirtualMachineWithVolume", ("virtualmachineid", machine), ("autoselect", "true"));

        Assert.NotEqual(before, Text(moved, "hostid"));
        await Root.RefuseAsync(431, "migrateVirtualMachineWithVolume", ("virtualmachineid", machine));
        await Root.RefuseAsync(
            431, "migrateVirtualMachineWithVolume", ("virtualmachineid", machine), ("migrateto[0].volume", await VolumeAsync("scratch")),
            ("migrateto[0].pool", await Root.IdOfAsync("listStoragePools", "fra1-nfs-primary-1")));
    }

    private async Task<string> RegisterAsync(params (string Name, string Value)[] more) =>
        Id((await User.DoAsync("registerVnfTemplate", Description(more))).Items[0]);

    private static (string Name, string Value)[] Description(params (string Name, string Value)[] more) =>
    [
        ("name", "firewall"), ("format", "QCOW2"), ("hypervisor", "KVM"), ("url", "https://files.example/firewall"),
        ("vnfdetails[0].access_methods", "https"), .. more,
    ];
}
