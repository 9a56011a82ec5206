using System.Text.Json;
using CloudStack.Simulator.Tests.Support;

namespace CloudStack.Simulator.Tests.Lifecycles;

/// <summary>The way of the only management server down and up again.</summary>
public sealed class ManagementServerTests : IDisposable
{
    private readonly SimulatedCloud _cloud = new(new SimulatorOptions { Pace = ClockPace.Stepped, JobDelay = TimeSpan.FromSeconds(10) });

    private SignedCaller Root => SignedCaller.Root(_cloud);

    [Fact]
    public async Task Takes_no_new_job_and_is_ready_when_the_last_one_is_done()
    {
        var (server, machine) = (await ServerAsync(), await Root.IdOfAsync("listVirtualMachines", "web-01"));
        await Root.DoAsync("stopVirtualMachine", ("id", machine));
        var preparing = (await Root.DoAsync("prepareForShutdown", server)).Item;
        Assert.Equal(("PreparingForShutDown", "1", "True", "False"), (Text(preparing, "state"), Text(preparing, "pendingjobscount"), Text(preparing, "shutdowntriggered"), Text(preparing, "readyforshutdown")));

        Assert.Contains("no new jobs", await Root.RefuseAsync(503, "startVirtualMachine", ("id", machine)), StringComparison.Ordinal);
        await Root.DoAsync("updateConfiguration", ("name", "expunge.delay"), ("value", "60"));
        await Root.RefuseAsync(530, "prepareForShutdown", server);

        _cloud.Clock.Step(TimeSpan.FromSeconds(15));
        var ready = (await Root.CallAsync("readyForShutdown", server)).Item;
        Assert.Equal(("ReadyToShutDown", "True"), (Text(ready, "state"), Text(ready, "readyforshutdown")));
        Assert.Equal("Stopped", Text((await Root.CallAsync("listVirtualMachines", ("id", machine))).Items.Single(), "state"));
    }

    [Fact]
    public async Task Works_on_when_the_shutdown_is_called_off()
    {
        var server = await ServerAsync();
        await Root.RefuseAsync(530, "cancelShutdown", server);
        await Root.DoAsync("prepareForShutdown", server);
        Assert.Equal("Up", Text((await Root.DoAsync("cancelShutdown", server)).Item, "state"));

        _cloud.Clock.Step(TimeSpan.FromMinutes(1));
        Assert.Equal("Up", Text((await Root.CallAsync("listManagementServers")).Items.Single(), "state"));
        await Root.DoAsync("stopVirtualMachine", ("id", await Root.IdOfAsync("listVirtualMachines", "web-01")));
    }

    [Fact]
    public async Task Starts_again_once_it_shut_down()
    {
        var server = await ServerAsync();
        var machine = await Root.IdOfAsync("listVirtualMachines", "web-01");
        await Root.DoAsync("stopVirtualMachine", ("id", machine));
        Assert.Equal("ShuttingDown", Text((await Root.DoAsync("triggerShutdown", server)).Item, "state"));
        await Root.RefuseAsync(530, "triggerShutdown", server);
        await Root.RefuseAsync(530, "cancelShutdown", server);
        await Root.RefuseAsync(503, "startVirtualMachine", ("id", machine));

        _cloud.Clock.Step(TimeSpan.FromSeconds(15));
        var listed = (await Root.CallAsync("listManagementServers")).Items.Single();
        Assert.Equal("Up", Text(listed, "state"));
        Assert.NotNull(Text(listed, "lastserverstop"));
        await Root.DoAsync("startVirtualMachine", ("id", machine));
    }

    [Fact]
    public async Task Refuses_what_takes_a_second_server()
    {
        var server = await ServerAsync();

        Assert.Contains("only one", await Root.RefuseAsync(530, "prepareForMaintenance", server), StringComparison.Ordinal);
        await Root.RefuseAsync(431, "prepareForMaintenance", server, ("algorithm", "lottery"));
        await Root.RefuseAsync(530, "cancelMaintenance", server);
        await Root.RefuseAsync(431, "removeManagementServer", server with { Name = "id" });
        await Root.DoAsync("prepareForShutdown", server);
        Assert.Contains("no active", await Root.RefuseAsync(530, "prepareForMaintenance", server), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Counts_what_the_cloud_stands_on()
    {
        var counted = (await Root.CallAsync("listInfrastructure")).Item;

        foreach (var (field, list) in (IReadOnlyList<(string, string)>)[("zones", "listZones"), ("hosts", "listHosts"), ("systemvms", "listSystemVms"), ("managementservers", "listManagementServers")])
        {
            Assert.Equal((await Root.CallAsync(list, ("listall", "true"))).Count, counted.GetProperty(field).GetInt64());
        }

        Assert.Equal(2 * counted.GetProperty("hosts").GetInt64(), counted.GetProperty("cpusockets").GetInt64());
    }

    public void Dispose() => _cloud.Dispose();

    private async Task<(string Name, string Value)> ServerAsync() =>
        ("managementserverid", (await Root.CallAsync("listManagementServers")).Items[0].GetProperty("id").GetString()!);

    private static string? Text(JsonElement entity, string field) => entity.TryGetProperty(field, out var value) ? value.ToString() : null;
}
