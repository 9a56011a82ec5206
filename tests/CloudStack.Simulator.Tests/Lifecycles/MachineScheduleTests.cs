using CloudStack.Simulator.Lifecycles.Compute;

namespace CloudStack.Simulator.Tests.Lifecycles;

/// <summary>Schedules, groups, and machines given up and taken in.</summary>
public sealed class MachineScheduleTests : Scene
{
    [Fact]
    public async Task Stops_and_starts_a_machine_at_the_set_times()
    {
        TheCloud.Clock.Pace = ClockPace.Stepped;
        var machine = await MachineAsync("web-01");
        await User.DoAsync("createVMSchedule", ("virtualmachineid", machine), ("action", "stop"), ("schedule", "0 20 * * *"), ("timezone", "Etc/UTC"));
        await User.DoAsync("createVMSchedule", ("virtualmachineid", machine), ("action", "START"), ("schedule", "0 6 * * *"), ("timezone", "Etc/UTC"));

        StepTo(21);
        Assert.Equal("Stopped", Text(await LookAsync("listVirtualMachines", machine), "state"));
        StepTo(7);
        Assert.Equal("Running", Text(await LookAsync("listVirtualMachines", machine), "state"));
    }

    [Fact]
    public async Task Lets_a_disabled_or_deleted_schedule_rest()
    {
        var machine = await MachineAsync("web-01");
        var schedule = Id((await User.DoAsync("createVMSchedule", ("virtualmachineid", machine), ("action", "stop"), ("schedule", "*/5 * * * *"), ("timezone", "Etc/UTC"))).Item);
        await User.DoAsync("updateVMSchedule", ("id", schedule), ("enabled", "false"));
        TheCloud.Clock.Step(TimeSpan.FromHours(1));
        Assert.Equal("Running", Text(await LookAsync("listVirtualMachines", machine), "state"));

        await User.DoAsync("updateVMSchedule", ("id", schedule), ("enabled", "true"));
        await User.DoAsync("deleteVMSchedule", ("id", schedule), ("virtualmachineid", machine));
        TheCloud.Clock.Step(TimeSpan.FromHours(1));
        Assert.Equal("Running", Text(await LookAsync("listVirtualMachines", machine), "state"));
    }

    [Theory]
    [InlineData("dance", "0 20 * * *", "Etc/UTC")]
    [InlineData("stop", "0 20 * *", "Etc/UTC")]
    [InlineData("stop", "60 20 * * *", "Etc/UTC")]
    [InlineData("stop", "5-1 20 * * *", "Etc/UTC")]
    [InlineData("stop", "*/0 20 * * *", "Etc/UTC")]
    [InlineData("stop", "0 20 * * *", "Moon/Base")]
    public async Task Refuses_schedules_that_make_no_sense(string action, string schedule, string zone) => await User.RefuseAsync(
        431, "createVMSchedule", ("virtualmachineid", await MachineAsync("web-01")), ("action", action), ("schedule", schedule), ("timezone", zone));

    [Theory]
    [InlineData("0 9 * * 1", "2031-02-03T09:00:00Z")]
    [InlineData("30 2 29 2 *", "2032-02-29T02:30:00Z")]
    [InlineData("0 0 13 * 5", "2031-02-07T00:00:00Z")]
    [InlineData("10-20/5 4 * * *", "2031-02-03T04:10:00Z")]
    public void Finds_the_next_time(string schedule, string expected) => Assert.Equal(
        DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture),
        CronSchedule.Read(schedule, "Etc/UTC").Next(new DateTimeOffset(2031, 2, 3, 4, 5, 6, TimeSpan.Zero)));

    [Fact]
    public void Finds_no_time_for_a_day_that_never_comes() => Assert.Null(CronSchedule.Read("0 0 31 2 *", "Etc/UTC").Next(DateTimeOffset.UnixEpoch));

    [Fact]
    public async Task Makes_a_group_for_the_first_machine_in_it_and_empties_it_when_deleted()
    {
        var machine = await MachineAsync("web-01");
        await User.DoAsync("updateVirtualMachine", ("id", machine), ("group", "frontends"));
        var group = (await User.CallAsync("listInstanceGroups")).Items.Single();
        await User.RefuseAsync(431, "createInstanceGroup", ("name", "frontends"));
        await User.DoAsync("updateInstanceGroup", ("id", Id(group)), ("name", "fronts"));
        Assert.Equal("fronts", Text(await LookAsync("listVirtualMachines", machine), "group"));

        await User.DoAsync("deleteInstanceGroup", ("id", Id(group)));

        Assert.Null(Text(await LookAsync("listVirtualMachines", machine), "groupid"));
    }

    [Fact]
    public async Task Gives_a_machine_up_and_takes_it_in_again()
    {
        var machine = await MachineAsync("bastion-01");
        var cluster = await Root.IdOfAsync("listClusters", "fra1-kvm-1");
        await Root.FailAsync(431, "unmanageVirtualMachine", ("id", await MachineAsync("web-staging")));
        await Root.FailAsync(431, "unmanageVirtualMachine", ("id", await MachineAsync("db-01")));
        await Root.FinishAsync("unmanageVirtualMachine", ("id", machine));
        Assert.False(await ExistsAsync("listVirtualMachines", machine));
        var name = (await Root.CallAsync("listUnmanagedInstances", ("clusterid", cluster))).Names.Single();
        await Root.RefuseAsync(431, "importUnmanagedInstance", ("clusterid", cluster), ("name", name), ("serviceofferingid", await OfferingAsync("Large")));

        var taken = await Root.FinishAsync("importUnmanagedInstance", ("clusterid", cluster), ("name", name), ("serviceofferingid", await OfferingAsync("Small")));

        Assert.Equal("Running", Text(taken, "state"));
        Assert.Empty((await Root.CallAsync("listUnmanagedInstances", ("clusterid", cluster))).Items);
    }

    private void StepTo(int hour)
    {
        var now = TheCloud.Clock.GetUtcNow();
        var then = now.UtcDateTime.Date.AddHours(hour);
        TheCloud.Clock.Step((then <= now.UtcDateTime ? then.AddDays(1) : then) - now.UtcDateTime);
    }
}
