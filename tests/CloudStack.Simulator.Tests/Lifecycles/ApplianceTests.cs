namespace CloudStack.Simulator.Tests.Lifecycles;

public sealed class ApplianceTests : Scene
{
    [Fact]
    public async Task Finds_a_router_by_the_identifier_it_lists()
    {
        var router = await RouterAsync("r-4-VM");

        Assert.Equal("web-net", Text(await LookAsync("listRouters", router), "guestnetworkname"));
        Assert.Single((await Root.CallAsync("listRouters", ("networkid", await NetworkAsync("web-net")), ("listall", "true"))).Items);
        Assert.Empty((await Root.CallAsync("listRouters", ("forvpc", "true"), ("listall", "true"))).Items);
        Assert.Equal(432, (await User.CallAsync("listRouters")).Status);
    }

    [Fact]
    public async Task Stops_starts_and_reboots_routers()
    {
        var router = await RouterAsync("r-4-VM");
        Assert.NotNull(Text(await LookAsync("listRouters", router), "hostname"));

        var stopped = await Root.FinishAsync("stopRouter", ("id", router));
        Assert.Equal(("Stopped", null), (Text(stopped, "state"), Text(stopped, "hostname")));
        Assert.Contains("not Running", await Root.FailAsync(534, "rebootRouter", ("id", router)), StringComparison.Ordinal);
        Assert.Equal("Running", Text(await Root.FinishAsync("startRouter", ("id", router)), "state"));
        await Root.FinishAsync("rebootRouter", ("id", router));
        Assert.Contains("ROUTER.STOP", (await Root.CallAsync("listEvents", ("listall", "true"))).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Makes_a_new_router_when_the_next_machine_needs_one()
    {
        await Root.FinishAsync("destroyRouter", ("id", await RouterAsync("r-4-VM")));
        Assert.Empty((await Root.CallAsync("listRouters", ("networkid", await NetworkAsync("web-net")), ("listall", "true"))).Items);

        await User.FinishAsync("startVirtualMachine", ("id", await MachineAsync("web-staging")));

        Assert.Single((await Root.CallAsync("listRouters", ("networkid", await NetworkAsync("web-net")), ("listall", "true"))).Items);
    }

    [Fact]
    public async Task Resizes_stopped_routers_to_offerings_for_routers()
    {
        var router = await RouterAsync("r-4-VM");
        var bigger = await SystemOfferingAsync("domainrouter");
        await Root.RefuseAsync(431, "changeServiceForRouter", ("id", router), ("serviceofferingid", bigger));
        await Root.FinishAsync("stopRouter", ("id", router));
        await Root.RefuseAsync(431, "changeServiceForRouter", ("id", router), ("serviceofferingid", await OfferingAsync("Small")));
        await Root.RefuseAsync(431, "changeServiceForRouter", ("id", router), ("serviceofferingid", await SystemOfferingAsync("consoleproxy")));

        await Root.DoAsync("changeServiceForRouter", ("id", router), ("serviceofferingid", bigger));

        Assert.Equal("for domainrouter", Text(await LookAsync("listRouters", router), "serviceofferingname"));
    }

    [Fact]
    public async Task Brings_routers_that_are_behind_to_the_clouds_version()
    {
        var router = await RouterAsync("r-6-VM");
        await Root.RefuseAsync(431, "upgradeRouterTemplate", ("id", router), ("zoneid", await ZoneAsync("ams1")));
        Assert.Empty((await Root.DoAsync("upgradeRouterTemplate", ("zoneid", await ZoneAsync()))).Items);
        Assert.Equal(["r-6-VM"], (await Root.CallAsync("listRouters", ("healthchecksfailed", "true"), ("listall", "true"))).Names);

        var jobs = (await Root.DoAsync("upgradeRouterTemplate", ("zoneid", await ZoneAsync("ams1")))).Items;

        Assert.Equal(1, (await Root.CallAsync("queryAsyncJobResult", ("jobid", Text(jobs.Single(), "jobid")!))).Content.GetProperty("jobstatus").GetInt32());
        Assert.Equal("False", Text(await LookAsync("listRouters", router), "requiresupgrade"));
    }

    [Fact]
    public async Task Says_how_a_router_is()
    {
        var behind = await Root.CallAsync("getRouterHealthCheckResults", ("routerid", await RouterAsync("r-6-VM")));
        var failed = behind.Item.GetProperty("healthchecks").EnumerateArray().Where(check => !check.GetProperty("success").GetBoolean());
        Assert.Equal("router_version_check.py", Text(failed.Single(), "checkname"));

        var router = await RouterAsync("r-4-VM");
        var shown = (await Root.CallAsync("listRouters", ("id", router), ("fetchhealthcheckresults", "true"))).Items.Single();
        Assert.All(shown.GetProperty("healthcheckresults").EnumerateArray(), check => Assert.True(check.GetProperty("success").GetBoolean()));
        await Root.FinishAsync("stopRouter", ("id", router));
        await Root.RefuseAsync(530, "getRouterHealthCheckResults", ("routerid", router));
    }

    [Fact]
    public async Task Rebuilds_a_networks_routers_and_doubles_them()
    {
        var network = await NetworkAsync("web-net");
        await User.FinishAsync("restartNetwork", ("id", network), ("makeredundant", "true"));

        var routers = (await Root.CallAsync("listRouters", ("networkid", network), ("listall", "true"))).Items;
        Assert.Equal(["PRIMARY", "BACKUP"], routers.Select(router => router.GetProperty("redundantstate").GetString()!));
        Assert.DoesNotContain("r-4-VM", routers.Select(router => router.GetProperty("name").GetString()));
        Assert.Equal("True", Text(await LookAsync("listNetworks", network), "redundantrouter"));
    }

    [Fact]
    public async Task Moves_appliances_off_a_host_that_goes_into_maintenance()
    {
        var router = await RouterAsync("r-4-VM");
        var host = Text(await LookAsync("listRouters", router), "hostid")!;
        await Root.FinishAsync("prepareHostForMaintenance", ("id", host));

        var moved = await LookAsync("listRouters", router);
        Assert.Equal("Running", Text(moved, "state"));
        Assert.NotEqual(host, Text(moved, "hostid"));
        Assert.Empty((await Root.CallAsync("listSystemVms", ("hostid", host))).Items);
    }

    [Fact]
    public async Task Handles_system_vms_like_routers()
    {
        var proxy = await Root.IdOfAsync("listSystemVms", "v-2-VM");
        var stopped = await Root.FinishAsync("stopSystemVm", ("id", proxy));
        Assert.Equal(("Stopped", "Disconnected", null), (Text(stopped, "state"), Text(stopped, "agentstate"), Text(stopped, "hostid")));
        await Root.FailAsync(431, "patchSystemVm", ("id", proxy));
        await Root.FailAsync(431, "migrateSystemVm", ("virtualmachineid", proxy), ("autoselect", "true"));
        await Root.DoAsync("changeServiceForSystemVm", ("id", proxy), ("serviceofferingid", await SystemOfferingAsync("consoleproxy")));

        var started = await Root.FinishAsync("rebootSystemVm", ("id", proxy));
        Assert.Equal(("Running", "Up", "for consoleproxy"), (Text(started, "state"), Text(started, "agentstate"), Text(started, "serviceofferingname")));
        await Root.RefuseAsync(431, "changeServiceForSystemVm", ("id", proxy), ("serviceofferingid", await SystemOfferingAsync("consoleproxy")));
        await Root.RefuseAsync(431, "scaleSystemVm", ("id", proxy), ("serviceofferingid", await SystemOfferingAsync("domainrouter")));
        await Root.FinishAsync("patchSystemVm", ("id", proxy));
        await Root.RefuseAsync(431, "stopSystemVm", ("id", await RouterAsync("r-4-VM")));
        var events = (await Root.CallAsync("listEvents", ("listall", "true"), ("type", "PROXY.STOP"))).Items;
        Assert.Contains(events, entry => Text(entry, "state") == "Completed");
    }

    [Fact]
    public async Task Migrates_system_vms_within_their_zone()
    {
        var proxy = await Root.IdOfAsync("listSystemVms", "v-2-VM");
        var former = Text(await LookAsync("listSystemVms", proxy), "hostid");
        var far = await Root.IdOfAsync("listHosts", "ams1-kvm-1-h01");
        await Root.RefuseAsync(431, "migrateSystemVm", ("virtualmachineid", proxy));
        await Root.FailAsync(431, "migrateSystemVm", ("virtualmachineid", proxy), ("hostid", far));

        var moved = await Root.FinishAsync("migrateSystemVm", ("virtualmachineid", proxy), ("hostid", await Root.IdOfAsync("listHosts", "fra1-kvm-1-h03")));

        Assert.Equal(("Running", "fra1-kvm-1-h03"), (Text(moved, "state"), Text(moved, "hostname")));
        Assert.NotEqual(former, Text(moved, "hostid"));
    }

    [Fact]
    public async Task Runs_network_tools_in_appliances()
    {
        var router = await RouterAsync("r-4-VM");
        var reached = await Root.FinishAsync("runDiagnostics", ("targetid", router), ("type", "ping"), ("ipaddress", await AddressOfAsync("web-01")));
        Assert.Equal("0", Text(reached, "exitcode"));
        Assert.Contains(" 0% packet loss", Text(reached, "stdout"), StringComparison.Ordinal);
        var lost = await Root.FinishAsync("runDiagnostics", ("targetid", router), ("type", "ping"), ("ipaddress", await AddressOfAsync("web-staging")));
        Assert.Equal("1", Text(lost, "exitcode"));

        await Root.RefuseAsync(431, "runDiagnostics", ("targetid", router), ("type", "nmap"), ("ipaddress", "10.1.1.2"));
        await Root.RefuseAsync(431, "runDiagnostics", ("targetid", router), ("type", "ping"), ("ipaddress", "10.1.1.2; reboot"));
        await Root.RefuseAsync(431, "runDiagnostics", ("targetid", router), ("type", "ping"), ("ipaddress", "10.1.1.2"), ("params", "$(reboot)"));
        Assert.EndsWith(".zip", Text(await Root.FinishAsync("getDiagnosticsData", ("targetid", router)), "url"), StringComparison.Ordinal);
        await Root.FinishAsync("stopRouter", ("id", router));
        await Root.FailAsync(431, "getDiagnosticsData", ("targetid", router));
        Assert.Contains("ROUTER.DIAGNOSTICS\"", (await Root.CallAsync("listEvents", ("listall", "true"))).Body, StringComparison.Ordinal);
    }

    private Task<string> RouterAsync(string name) => Root.IdOfAsync("listRouters", name);

    private async Task<string> AddressOfAsync(string machine) =>
        (await LookAsync("listVirtualMachines", await MachineAsync(machine))).GetProperty("nic")[0].GetProperty("ipaddress").GetString()!;

    private async Task<string> SystemOfferingAsync(string kind) => Id((await Root.DoAsync(
        "createServiceOffering", ("name", $"for {kind}"), ("displaytext", "bigger"), ("cpunumber", "2"), ("cpuspeed", "1000"), ("memory", "2048"),
        ("issystem", "true"), ("systemvmtype", kind))).Item);
}
