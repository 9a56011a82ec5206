using CloudStack.Simulator.Tests.Support;

namespace CloudStack.Simulator.Tests.Lifecycles;

public sealed class ImageAndOfferingTests : Scene
{
    [Fact]
    public async Task Downloads_a_registered_template_until_it_is_ready()
    {
        var clock = new SteppedClock();
        using var cloud = new SimulatedCloud(new SimulatorOptions { Clock = clock, DownloadTime = TimeSpan.FromMinutes(2) });
        var root = SignedCaller.Root(cloud);
        var template = (await root.DoAsync(
            "registerTemplate", ("name", "Own"), ("format", "qcow2"), ("hypervisor", "KVM"), ("url", "https://images.example/own.qcow2"))).Items.Single();
        Assert.Equal(("False", "0% Downloaded"), (Text(template, "isready"), Text(template, "status")));
        (string, string)[] deployment =
        [
            ("templateid", Id(template)), ("serviceofferingid", await root.IdOfAsync("listServiceOfferings", "Small")),
            ("zoneid", await root.IdOfAsync("listZones", "fra1")), ("networkids", await root.IdOfAsync("listNetworks", "admin-net")),
        ];
        Assert.Contains("isn't ready", await root.RefuseAsync(431, "deployVirtualMachine", deployment), StringComparison.Ordinal);

        clock.Step(TimeSpan.FromMinutes(1));
        Assert.Equal("50% Downloaded", Text(await ShownAsync(), "status"));
        clock.Step(TimeSpan.FromMinutes(1));
        Assert.Equal(("True", "Download Complete"), (Text(await ShownAsync(), "isready"), Text(await ShownAsync(), "status")));
        await root.FinishAsync("deployVirtualMachine", deployment);

        async Task<System.Text.Json.JsonElement> ShownAsync() =>
            (await root.CallAsync("listTemplates", ("templatefilter", "self"), ("name", "Own"))).Items.Single();
    }

    [Fact]
    public async Task Shows_templates_by_filter_and_isos_apart()
    {
        Assert.Equal(3, (await User.CallAsync("listTemplates", ("templatefilter", "featured"))).Count);
        Assert.Empty((await User.CallAsync("listTemplates", ("templatefilter", "self"))).Items);
        Assert.Equal(["Debian 12 installer"], (await User.CallAsync("listIsos", ("isofilter", "community"))).Names);
        Assert.Equal(531, (await User.CallAsync("listTemplates", ("templatefilter", "all"))).Status);
        Assert.Equal(431, (await User.CallAsync("listTemplates", ("templatefilter", "best"))).Status);
    }

    [Fact]
    public async Task Makes_a_template_of_a_snapshot_or_a_resting_volume()
    {
        var os = TheCloud.SampleId("GuestOSResponse");
        var snapshot = await Root.IdOfAsync("listSnapshots", "db-01-data-weekly");
        var made = await Root.FinishAsync("createTemplate", ("name", "golden"), ("ostypeid", os), ("snapshotid", snapshot));

        Assert.Equal(("True", (100L << 30).ToString()), (Text(made, "isready"), Text(made, "size")));
        await Root.RefuseAsync(431, "createTemplate", ("name", "golden"), ("ostypeid", os));
        await Root.RefuseAsync(431, "createTemplate", ("name", "golden"), ("ostypeid", os), ("volumeid", await VolumeAsync("db-01-data")));
    }

    [Fact]
    public async Task Lets_users_use_others_templates_but_not_change_them()
    {
        var id = await TemplateAsync();

        await User.RefuseAsync(531, "updateTemplate", ("id", id), ("name", "mine"));
        await User.RefuseAsync(531, "deleteTemplate", ("id", id));
        Assert.Contains("uses it", await Root.FailAsync(431, "deleteTemplate", ("id", id)), StringComparison.Ordinal);
        await Root.RefuseAsync(431, "deleteIso", ("id", id));
        await Root.RefuseAsync(431, "registerTemplate", ("name", "x"), ("format", "QCOW2"), ("hypervisor", "KVM"), ("url", "not a url"));
    }

    [Fact]
    public async Task Makes_changes_and_deletes_service_offerings()
    {
        var made = (await Root.DoAsync("createServiceOffering", ("name", "Tiny"), ("cpunumber", "1"), ("cpuspeed", "500"), ("memory", "256"))).Item;
        await Root.DoAsync("updateServiceOffering", ("id", Id(made)), ("name", "Wee"));
        Assert.Contains("Wee", (await User.CallAsync("listServiceOfferings")).Names);
        await Root.DoAsync("updateServiceOffering", ("id", Id(made)), ("state", "inactive"));
        Assert.DoesNotContain("Wee", (await User.CallAsync("listServiceOfferings")).Names);
        await User.RefuseAsync(431, "deployVirtualMachine", await DeploymentAsync(("serviceofferingid", Id(made))));
        await Root.RefuseAsync(431, "createServiceOffering", ("name", "Half"), ("cpunumber", "1"));
        await Root.DoAsync("deleteServiceOffering", ("id", Id(made)));
    }

    [Fact]
    public async Task Keeps_machines_whole_when_their_offering_is_deleted()
    {
        await Root.DoAsync("deleteServiceOffering", ("id", await OfferingAsync("Small")));
        var id = await MachineAsync("web-staging");

        await User.FinishAsync("restoreVirtualMachine", ("virtualmachineid", id));

        Assert.Equal("Small", Text(await User.FinishAsync("startVirtualMachine", ("id", id)), "serviceofferingname"));
    }

    [Fact]
    public async Task Shows_an_offering_of_a_domain_only_there()
    {
        await Root.DoAsync("createDiskOffering", ("name", "For finance"), ("disksize", "5"), ("domainid", await Root.IdOfAsync("listDomains", "Finance")));

        Assert.DoesNotContain("For finance", (await User.CallAsync("listDiskOfferings")).Names);
        Assert.Contains("For finance", (await Root.As(TheCloud.Credentials.OtherUser).CallAsync("listDiskOfferings")).Names);
        await Root.RefuseAsync(431, "createDiskOffering", ("name", "No size"));
        await Root.RefuseAsync(431, "createDiskOffering", ("name", "Both"), ("customized", "true"), ("disksize", "5"));
    }

    [Fact]
    public async Task Needs_a_network_offering_enabled_before_use()
    {
        (string, string)[] offering = [("name", "Plain"), ("displaytext", "Plain"), ("guestiptype", "Isolated"), ("traffictype", "Guest"), ("supportedservices", "Dhcp,Dns")];
        var made = (await Root.DoAsync("createNetworkOffering", offering)).Item;
        (string, string)[] network = [("name", "n"), ("zoneid", await ZoneAsync()), ("networkofferingid", Id(made))];
        await User.RefuseAsync(431, "createNetwork", network);
        await Root.DoAsync("updateNetworkOffering", ("id", Id(made)), ("state", "Enabled"));

        await User.DoAsync("createNetwork", network);

        Assert.Contains("used by network n", await Root.RefuseAsync(431, "deleteNetworkOffering", ("id", Id(made))), StringComparison.Ordinal);
        Assert.Equal(["Dhcp", "Dns"], made.GetProperty("service").EnumerateArray().Select(s => Text(s, "name")));
        await Root.RefuseAsync(431, "createNetworkOffering", ("name", "x"), ("guestiptype", "Round"), ("traffictype", "Guest"));
    }
}
