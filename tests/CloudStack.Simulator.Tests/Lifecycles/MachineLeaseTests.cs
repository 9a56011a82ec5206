namespace CloudStack.Simulator.Tests.Lifecycles;

public sealed class MachineLeaseTests : Scene
{
    [Theory]
    [InlineData("STOP", "Stopped")]
    [InlineData("destroy", "Destroyed")]
    public async Task Ends_a_machine_as_its_lease_says(string action, string state)
    {
        var machine = await LendAsync("3", action);
        Assert.Equal(action.ToUpperInvariant(), Text(await LookAsync("listVirtualMachines", machine), "leaseexpiryaction"));
        TheCloud.Clock.Step(TimeSpan.FromDays(2.9));
        Assert.Equal("Running", Text(await LookAsync("listVirtualMachines", machine), "state"));

        TheCloud.Clock.Step(TimeSpan.FromDays(0.2));

        var ended = await LookAsync("listVirtualMachines", machine);
        Assert.Equal((state, null), (Text(ended, "state"), Text(ended, "leaseexpirydate")));
        Assert.Contains("VM.LEASE.EXPIRED", (await Root.CallAsync("listEvents", ("listall", "true"))).Items.Select(e => Text(e, "type")));
    }

    [Fact]
    public async Task Is_prolonged_and_given_up()
    {
        var (longer, free) = (await LendAsync("1", "STOP"), await LendAsync("1", "STOP"));
        await Root.DoAsync("updateVirtualMachine", ("id", longer), ("leaseduration", "5"), ("leaseexpiryaction", "DESTROY"));
        await Root.DoAsync("updateVirtualMachine", ("id", free), ("leaseduration", "-1"));

        TheCloud.Clock.Step(TimeSpan.FromDays(2));
        Assert.Equal("Running", Text(await LookAsync("listVirtualMachines", longer), "state"));
        TheCloud.Clock.Step(TimeSpan.FromDays(3.1));

        Assert.Equal("Destroyed", Text(await LookAsync("listVirtualMachines", longer), "state"));
        Assert.Equal("Running", Text(await LookAsync("listVirtualMachines", free), "state"));
    }

    [Fact]
    public async Task Waits_while_a_machine_is_protected()
    {
        var machine = await LendAsync("1", "DESTROY");
        await Root.DoAsync("updateVirtualMachine", ("id", machine), ("deleteprotection", "true"));
        TheCloud.Clock.Step(TimeSpan.FromDays(1.5));
        Assert.Equal("Running", Text(await LookAsync("listVirtualMachines", machine), "state"));

        await Root.DoAsync("updateVirtualMachine", ("id", machine), ("deleteprotection", "false"));
        TheCloud.Clock.Step(TimeSpan.FromHours(1));

        Assert.Equal("Destroyed", Text(await LookAsync("listVirtualMachines", machine), "state"));
    }

    [Fact]
    public async Task Comes_with_an_offering()
    {
        var offering = Id((await Root.DoAsync(
            "createServiceOffering", ("name", "Lent"), ("displaytext", "For a day"), ("cpunumber", "1"), ("cpuspeed", "500"), ("memory", "512"),
            ("leaseduration", "1"), ("leaseexpiryaction", "STOP"))).Item);
        var machine = Id(await User.FinishAsync("deployVirtualMachine", await DeploymentAsync(("serviceofferingid", offering))));

        TheCloud.Clock.Step(TimeSpan.FromDays(1.1));

        Assert.Equal("Stopped", Text(await LookAsync("listVirtualMachines", machine), "state"));
    }

    [Theory]
    [InlineData("0", "STOP")]
    [InlineData("36501", "STOP")]
    [InlineData("3", "SELL")]
    [InlineData("3", null)]
    public async Task Refuses_leases_that_there_are_not(string days, string? action) => await User.RefuseAsync(
        431, "deployVirtualMachine",
        await DeploymentAsync(action is null ? [("leaseduration", days)] : [("leaseduration", days), ("leaseexpiryaction", action)]));

    [Fact]
    public async Task Refuses_to_prolong_what_was_never_lent() => await Root.RefuseAsync(
        530, "updateVirtualMachine", ("id", await MachineAsync("web-01")), ("leaseduration", "3"), ("leaseexpiryaction", "STOP"));

    private async Task<string> LendAsync(string days, string action) => Id(await User.FinishAsync(
        "deployVirtualMachine", await DeploymentAsync(("leaseduration", days), ("leaseexpiryaction", action))));
}
