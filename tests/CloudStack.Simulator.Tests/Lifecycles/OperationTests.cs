namespace CloudStack.Simulator.Tests.Lifecycles;

/// <summary>Tags, events, settings and what the cloud says about itself.</summary>
public sealed class OperationTests : Scene
{
    [Fact]
    public async Task Tags_resources_of_several_kinds_at_once()
    {
        var (machine, volume) = (await MachineAsync("web-02"), await VolumeAsync("scratch"));
        (string, string)[] tag = [("resourceids", $"{machine},{volume}"), ("resourcetype", "UserVm"), ("tags[0].key", "cost"), ("tags[0].value", "42"), ("tags[1].key", "env"), ("tags[1].value", "a=b, c")];
        await User.FinishAsync("createTags", tag);
        await User.RefuseAsync(431, "createTags", tag);

        Assert.Equal(["cost", "env"], (await LookAsync("listVirtualMachines", machine)).GetProperty("tags").EnumerateArray().Select(t => Text(t, "key")));
        Assert.Equal(2, (await User.CallAsync("listTags", ("key", "cost"))).Count);
        Assert.Equal(["scratch"], (await User.CallAsync("listVolumes", ("tags[0].key", "env"), ("tags[0].value", "a=b, c"))).Names);

        await User.FinishAsync("deleteTags", ("resourceids", machine), ("resourcetype", "UserVm"), ("tags[0].key", "cost"), ("tags[0].value", "other"));
        Assert.Equal(2, (await LookAsync("listVirtualMachines", machine)).GetProperty("tags").GetArrayLength());
        await User.FinishAsync("deleteTags", ("resourceids", machine), ("resourcetype", "UserVm"), ("tags[0].key", "cost"));
        await User.FinishAsync("deleteTags", ("resourceids", machine), ("resourcetype", "UserVm"));
        Assert.False((await LookAsync("listVirtualMachines", machine)).TryGetProperty("tags", out _));
    }

    [Fact]
    public async Task Refuses_tags_on_nothing_and_on_what_takes_none()
    {
        (string, string)[] tag = [("resourcetype", "UserVm"), ("tags[0].key", "k"), ("tags[0].value", "v")];

        await Root.RefuseAsync(431, "createTags", [.. tag, ("resourceids", "0b7a6f0e-4d6f-4d5c-9f77-7c7f6c0e1a11")]);
        await Root.RefuseAsync(431, "createTags", [.. tag, ("resourceids", TheCloud.SampleId("HostResponse"))]);
        await Root.As(TheCloud.Credentials.OtherUser).RefuseAsync(531, "createTags", [.. tag, ("resourceids", await MachineAsync("web-01"))]);
    }

    [Fact]
    public async Task Writes_an_event_for_each_change_and_hides_archived_ones()
    {
        await Root.DoAsync("createDomain", ("name", "Lab"));
        var written = (await Root.CallAsync("listEvents", ("listall", "true"), ("level", "INFO"))).Items.First(e => Text(e, "type") == "DOMAIN.CREATE");
        Assert.Equal(("Completed", "admin"), (Text(written, "state"), Text(written, "username")));

        await Root.DoAsync("archiveEvents", ("ids", Id(written)));
        Assert.False(await ExistsAsync("listEvents", Id(written)));
        await Root.DoAsync("deleteEvents", ("type", "DOMAIN.CREATE"));
        await Root.RefuseAsync(431, "deleteEvents");
    }

    [Fact]
    public async Task Names_in_the_event_what_was_deleted()
    {
        var volume = await VolumeAsync("scratch");
        await User.DoAsync("deleteVolume", ("id", volume));

        var written = (await User.CallAsync("listEvents", ("type", "VOLUME.DELETE"))).Items.Single();

        Assert.Equal((volume, "scratch", "web-team"), (Text(written, "resourceid"), Text(written, "resourcename"), Text(written, "account")));
    }

    [Fact]
    [Trait("Protocol", "9")]
    public async Task Says_its_version_and_hypervisors()
    {
        Assert.Equal("4.22.0.0", Text((await User.CallAsync("listCapabilities")).Item, "cloudstackversion"));
        Assert.Contains("KVM", (await User.CallAsync("listHypervisors")).Names);
    }
}
