using CloudStack.Simulator.Tests.Support;

namespace CloudStack.Simulator.Tests.Lifecycles;

/// <summary>Details and icons of resources.</summary>
public sealed class ResourceDetailTests : Scene
{
    [Fact]
    public async Task Shows_a_machines_details_where_the_machine_is_shown()
    {
        var on = await OnAsync("web-01");
        await Root.FinishAsync("removeResourceDetail", on);
        await Root.FinishAsync("addResourceDetail", [.. on, ("details[0].key", "keyboard"), ("details[0].value", "us"), ("details[1].key", "rack"), ("details[1].value", "7")]);
        await Root.FinishAsync("addResourceDetail", [.. on, ("details[0].key", "rack"), ("details[0].value", "8")]);

        var shown = (await LookAsync("listVirtualMachines", on[0].Value)).GetProperty("details");
        Assert.Equal(("us", "8"), (Text(shown, "keyboard"), Text(shown, "rack")));
        Assert.Equal(["keyboard", "rack"], await KeysAsync(User, on));
        Assert.Equal(["rack"], await KeysAsync(User, [.. on, ("key", "rack")]));

        await Root.FinishAsync("removeResourceDetail", [.. on, ("key", "rack")]);
        Assert.Equal(["keyboard"], await KeysAsync(User, on));
        await Root.FinishAsync("removeResourceDetail", on);
        Assert.False((await LookAsync("listVirtualMachines", on[0].Value)).TryGetProperty("details", out _));
    }

    [Fact]
    public async Task Hides_a_detail_that_isnt_for_display()
    {
        var on = await OnAsync("web-01");
        await Root.FinishAsync("removeResourceDetail", on);
        await Root.FinishAsync("addResourceDetail", [.. on, ("details[0].key", "secret"), ("details[0].value", "1"), ("fordisplay", "false")]);

        Assert.Empty(await KeysAsync(User, on));
        Assert.Equal(["secret"], await KeysAsync(Root, [.. on, ("fordisplay", "false")]));

        await Root.FinishAsync("addResourceDetail", [.. on, ("details[0].key", "secret"), ("details[0].value", "1")]);
        Assert.Equal(["secret"], await KeysAsync(User, on));
        Assert.Empty(await KeysAsync(Root, [.. on, ("fordisplay", "false")]));
    }

    [Fact]
    public async Task Finds_resources_by_a_detail()
    {
        foreach (var volume in (string[])["scratch", "db-01-data"])
        {
            await Root.FinishAsync(
                "addResourceDetail", ("resourceid", await VolumeAsync(volume)), ("resourcetype", "volume"), ("details[0].key", "tier"), ("details[0].value", "gold"));
        }

        var found = await Root.CallAsync("listResourceDetails", ("resourcetype", "Volume"), ("key", "tier"), ("value", "gold"), ("listall", "true"));
        Assert.Equal(2, found.Count);
        Assert.All(found.Items, row => Assert.Equal("Volume", Text(row, "resourcetype")));
        Assert.Empty((await Root.CallAsync("listResourceDetails", ("resourcetype", "Volume"), ("key", "tier"), ("value", "tin"), ("listall", "true"))).Items);
    }

    [Fact]
    public async Task Refuses_details_without_a_value_a_known_kind_or_a_resource()
    {
        var on = await OnAsync("web-01");
        (string, string)[] detail = [("details[0].key", "k"), ("details[0].value", "v")];

        await Root.FailAsync(431, "addResourceDetail", [on[0], ("resourcetype", "Spaceship"), .. detail]);
        await Root.FailAsync(530, "addResourceDetail", [on[0], ("resourcetype", "VMInstance"), .. detail]);
        await Root.FailAsync(431, "addResourceDetail", [on[0], ("resourcetype", "Volume"), .. detail]);
        await Root.FailAsync(431, "addResourceDetail", [.. on, ("details[0].key", "k"), ("details[0].value", "")]);
        await Root.RefuseAsync(431, "listResourceDetails", on[1]);
        await Root.RefuseAsync(431, "listResourceDetails", [.. on, ("value", "v")]);
        await Root.As(TheCloud.Credentials.OtherUser).RefuseAsync(531, "listResourceDetails", on);
    }

    [Fact]
    public async Task Suggests_details_that_the_machines_hypervisor_understands()
    {
        var options = (await User.CallAsync("listDetailOptions", await OnAsync("web-01"))).Items.Single().GetProperty("details");

        Assert.Contains("virtio", options.GetProperty("nicAdapter").EnumerateArray().Select(value => value.GetString()));
        Assert.False(options.TryGetProperty("svga.vramSize", out _));
        Assert.True((await User.CallAsync("listDetailOptions", ("resourcetype", "Template"))).Items.Single().GetProperty("details").TryGetProperty("svga.vramSize", out _));
        await Root.RefuseAsync(530, "listDetailOptions", ("resourcetype", "Volume"));
    }

    [Fact]
    public async Task Shows_an_icon_where_the_list_is_asked_for_icons()
    {
        var icon = Icon(await NetworkAsync("web-net"), "Network");
        await User.DoAsync("uploadResourceIcon", icon);

        var shown = (await User.CallAsync("listNetworks", icon[0] with { Name = "id" }, ("showicon", "true"))).Items.Single();
        Assert.Equal(Recipes.Dot, Text(shown.GetProperty("icon"), "base64image"));
        Assert.False((await LookAsync("listNetworks", icon[0].Value)).TryGetProperty("icon", out _));
        Assert.Equal(icon[0].Value, Text((await User.CallAsync("listResourceIcon", icon[..2])).Items.Single(), "resourceid"));

        await User.DoAsync("deleteResourceIcon", icon[..2]);
        Assert.Empty((await User.CallAsync("listResourceIcon", icon[..2])).Items);
        await User.RefuseAsync(530, "deleteResourceIcon", icon[..2]);
    }

    [Fact]
    public async Task Shows_a_machine_with_its_templates_icon()
    {
        await Root.DoAsync("uploadResourceIcon", Icon(await TemplateAsync(), "Template"));
        var machine = await Root.FinishAsync("deployVirtualMachine", [.. await DeploymentAsync(), ("networkids", await NetworkAsync("admin-net"))]);

        Assert.True((await Root.CallAsync("listVirtualMachines", ("id", Id(machine)), ("showicon", "true"))).Items.Single().TryGetProperty("icon", out _));
        Assert.True((await Root.CallAsync("listVirtualMachinesMetrics", ("id", Id(machine)), ("showicon", "true"))).Items.Single().TryGetProperty("icon", out _));
    }

    [Theory]
    [InlineData("not base64!")]
    [InlineData("bm90IGFuIGltYWdl")]
    public async Task Refuses_an_icon_that_isnt_an_image(string image)
    {
        var icon = Icon(await NetworkAsync("web-net"), "Network");

        await User.RefuseAsync(530, "uploadResourceIcon", [.. icon[..2], ("base64image", image)]);
    }

    [Fact]
    public async Task Refuses_an_icon_for_what_takes_none_or_belongs_to_others()
    {
        await Root.RefuseAsync(530, "uploadResourceIcon", Icon(await VolumeAsync("scratch"), "Volume"));
        await Root.RefuseAsync(530, "uploadResourceIcon", Icon(await VolumeAsync("scratch"), "Network"));
        var other = Root.As(TheCloud.Credentials.OtherUser);
        await other.RefuseAsync(530, "uploadResourceIcon", Icon(await NetworkAsync("web-net"), "Network"));
    }

    private async Task<(string Name, string Value)[]> OnAsync(string machine) => [("resourceid", await MachineAsync(machine)), ("resourcetype", "UserVm")];

    private static (string Name, string Value)[] Icon(string id, string kind) =>
        [("resourceids", id), ("resourcetype", kind), ("base64image", Recipes.Dot)];

    private static async Task<IReadOnlyList<string?>> KeysAsync(SignedCaller caller, (string, string)[] arguments) =>
        [.. (await caller.CallAsync("listResourceDetails", arguments)).Items.Select(row => Text(row, "key"))];
}
