namespace CloudStack.Simulator.Tests.Lifecycles;

/// <summary>Power, availability, degradation, dedication and the evening out of hosts.</summary>
public sealed class HostConditionTests : Scene
{
    [Fact]
    public async Task Switches_a_host_off_with_its_machines_and_on_again()
    {
        var machine = await MachineAsync("web-01");
        var host = await HostOfAsync(machine);
        await Root.FailAsync(530, "issueOutOfBandManagementPowerAction", ("hostid", host), ("action", "OFF"));
        await ManageAsync(host);

        var action = await Root.FinishAsync("issueOutOfBandManagementPowerAction", ("hostid", host), ("action", "OFF"));

        Assert.Equal(("OFF", "Off", "True"), (Text(action, "action"), Text(action, "powerstate"), Text(action, "status")));
        Assert.Equal("Disconnected", Text(await LookAsync("listHosts", host), "state"));
        Assert.Equal("Stopped", Text(await LookAsync("listVirtualMachines", machine), "state"));
        await Root.FailAsync(530, "issueOutOfBandManagementPowerAction", ("hostid", host), ("action", "RESET"));
        await Root.FailAsync(431, "reconnectHost", ("id", host));
        await Root.FinishAsync("issueOutOfBandManagementPowerAction", ("hostid", host), ("action", "ON"));
        Assert.Equal("Up", Text(await LookAsync("listHosts", host), "state"));
    }

    [Fact]
    public async Task Keeps_the_password_of_power_management_to_itself_and_checks_the_rest()
    {
        var host = await Root.IdOfAsync("listHosts", "fra1-kvm-1-h01");
        var reply = await ManageAsync(host);
        Assert.DoesNotContain("hush-hush", reply, StringComparison.Ordinal);
        Assert.DoesNotContain("hush-hush", (await Root.CallAsync("listHosts")).Body, StringComparison.Ordinal);
        await Root.RefuseAsync(431, "configureOutOfBandManagement", ("hostid", host), ("driver", "magic"), ("address", "10.0.0.1"), ("port", "623"), ("username", "u"), ("password", "p"));
        await Root.RefuseAsync(431, "configureOutOfBandManagement", ("hostid", host), ("driver", "redfish"), ("address", "10.0.0.1"), ("port", "70000"), ("username", "u"), ("password", "p"));
        await Root.FinishAsync("disableOutOfBandManagementForZone", ("zoneid", await ZoneAsync()));
        await Root.FailAsync(530, "issueOutOfBandManagementPowerAction", ("hostid", host), ("action", "STATUS"));
    }

    [Fact]
    public async Task Looks_after_a_host_as_long_as_its_power_can_be_managed()
    {
        var host = await Root.IdOfAsync("listHosts", "fra1-kvm-1-h01");
        await Root.FailAsync(530, "enableHAForHost", ("hostid", host));
        await Root.RefuseAsync(431, "configureHAForHost", ("hostid", host), ("provider", "simulatorhaprovider"));
        await Root.FinishAsync("configureHAForHost", ("hostid", host), ("provider", "kvmhaprovider"));
        Assert.Equal("Ineligible", Text(await Root.FinishAsync("enableHAForHost", ("hostid", host)), "hastate"));

        await ManageAsync(host);
        Assert.Equal("Available", await HaStateAsync(host));
        await Root.FinishAsync("issueOutOfBandManagementPowerAction", ("hostid", host), ("action", "OFF"));
        Assert.Equal("Fenced", await HaStateAsync(host));
        await Root.FinishAsync("disableHAForCluster", ("clusterid", await Root.IdOfAsync("listClusters", "fra1-kvm-1")));
        Assert.Equal("Disabled", await HaStateAsync(host));
    }

    [Fact]
    public async Task Declares_only_lost_hosts_as_degraded()
    {
        var host = await Root.IdOfAsync("listHosts", "fra1-kvm-1-h01");
        await Root.FailAsync(431, "declareHostAsDegraded", ("id", host));
        await Root.FailAsync(431, "cancelHostAsDegraded", ("id", host));
        await ManageAsync(host);
        await Root.FinishAsync("issueOutOfBandManagementPowerAction", ("hostid", host), ("action", "OFF"));

        Assert.Equal("Degraded", Text(await Root.FinishAsync("declareHostAsDegraded", ("id", host)), "resourcestate"));
        Assert.Equal("Enabled", Text(await Root.FinishAsync("cancelHostAsDegraded", ("id", host)), "resourcestate"));
    }

    [Fact]
    public async Task Forgets_what_was_set_up_for_a_host_that_is_deleted()
    {
        var host = await Root.IdOfAsync("listHosts", "fra1-kvm-1-h01");
        await ManageAsync(host);
        await Root.FinishAsync("configureHAForHost", ("hostid", host), ("provider", "kvmhaprovider"));

        await Root.DoAsync("deleteHost", ("id", host), ("forced", "true"));

        Assert.Empty((await Root.CallAsync("listHostHAResources")).Items);
    }

    [Fact]
    public async Task Keeps_a_dedicated_host_for_its_owner()
    {
        var host = Id((await Root.CallAsync("listHosts", ("name", "ams1-kvm-1-h01"))).Items.Single());
        var engineering = await Root.IdOfAsync("listDomains", "Engineering");
        foreach (var machine in (await Root.CallAsync("listVirtualMachines", ("hostid", host), ("listall", "true"))).Items)
        {
            Assert.Equal(2, await StatusAsync("dedicateHost", ("hostid", host), ("domainid", engineering)));
            await Root.FinishAsync("stopVirtualMachine", ("id", Id(machine)));
        }

        Assert.Equal(1, await StatusAsync("dedicateHost", ("hostid", host), ("domainid", engineering)));
        Assert.Equal(2, await StatusAsync("dedicateHost", ("hostid", host), ("domainid", engineering)));
        await Root.FailAsync(533, "startVirtualMachine", ("id", await MachineAsync("ledger-02")), ("hostid", host));
        Assert.Contains("DedicatedGrp-Engineering", (await Root.CallAsync("listAffinityGroups", ("listall", "true"))).Names);

        await Root.FinishAsync("releaseDedicatedHost", ("hostid", host));

        await Root.FinishAsync("startVirtualMachine", ("id", await MachineAsync("ledger-02")), ("hostid", host));
        await Root.FailAsync(530, "releaseDedicatedHost", ("hostid", host));
        Assert.DoesNotContain("DedicatedGrp-Engineering", (await Root.CallAsync("listAffinityGroups", ("listall", "true"))).Names);
    }

    [Fact]
    public async Task Evens_a_cluster_out_by_a_plan()
    {
        var cluster = await Root.IdOfAsync("listClusters", "fra1-kvm-1");
        var hosts = (await Root.CallAsync("listHosts", ("clusterid", cluster))).Items.Select(Id).ToList();
        foreach (var machine in (await Root.CallAsync("listVirtualMachines", ("state", "Running"), ("zoneid", await ZoneAsync()), ("listall", "true"))).Items)
        {
            if (Text(machine, "hostid") != hosts[0])
            {
                await Root.FinishAsync("migrateVirtualMachine", ("virtualmachineid", Id(machine)), ("hostid", hosts[0]));
            }
        }

        var plan = (await Root.DoAsync("generateClusterDrsPlan", ("id", cluster))).Item;
        Assert.NotEqual(0, plan.GetProperty("migrations").GetArrayLength());
        Assert.Empty((await Root.CallAsync("listClusterDrsPlan")).Items);
        await Root.FinishAsync("executeClusterDrsPlan", ("id", cluster));

        Assert.Equal("COMPLETED", Text((await Root.CallAsync("listClusterDrsPlan", ("clusterid", cluster))).Items.Single(), "status"));
        Assert.All(hosts, host => Assert.NotEmpty(Root.CallAsync("listVirtualMachines", ("hostid", host), ("listall", "true")).GetAwaiter().GetResult().Items));
    }

    [Fact]
    public async Task Updates_hosts_in_turn_without_stopping_machines()
    {
        var running = (await Root.CallAsync("listVirtualMachines", ("state", "Running"), ("listall", "true"))).Count;
        await Root.RefuseAsync(431, "startRollingMaintenance");

        var result = await Root.FinishAsync("startRollingMaintenance", ("clusterids", await Root.IdOfAsync("listClusters", "fra1-kvm-1")));

        Assert.Equal("True", Text(result, "success") ?? "True");
        Assert.Equal(running, (await Root.CallAsync("listVirtualMachines", ("state", "Running"), ("listall", "true"))).Count);
        Assert.All((await Root.CallAsync("listHosts")).Items, host => Assert.Equal("Enabled", Text(host, "resourcestate")));
    }

    private async Task<string> ManageAsync(string host)
    {
        var reply = await Root.DoAsync(
            "configureOutOfBandManagement", ("hostid", host), ("driver", "ipmitool"), ("address", "10.20.9.1"), ("port", "623"), ("username", "admin"), ("password", "hush-hush"));
        await Root.FinishAsync("enableOutOfBandManagementForHost", ("hostid", host));
        return reply.Body;
    }

    private async Task<int> StatusAsync(string command, params (string Name, string Value)[] arguments) =>
        (await Root.JobAsync(command, arguments)).Content.GetProperty("jobstatus").GetInt32();

    private async Task<string?> HaStateAsync(string host) =>
        Text((await Root.CallAsync("listHostHAResources", ("hostid", host))).Items.Single(), "hastate");

    private async Task<string> HostOfAsync(string machine) => Text(await LookAsync("listVirtualMachines", machine), "hostid")!;
}
