using CloudStack.Simulator.Tests.Support;

namespace CloudStack.Simulator.Tests.Lifecycles;

public sealed class SystemVmReplacementTests
{
    [Fact]
    public async Task Makes_a_new_system_vm_in_place_of_one_that_was_destroyed()
    {
        using var cloud = new SimulatedCloud(new SimulatorOptions { Pace = ClockPace.Stepped });
        var root = SignedCaller.Root(cloud);
        await root.FinishAsync("destroySystemVm", ("id", await root.IdOfAsync("listSystemVms", "v-2-VM")));
        Assert.Equal(["s-1-VM", "s-3-VM", "v-4-VM"], (await root.CallAsync("listSystemVms")).Names);

        cloud.Clock.Step(TimeSpan.FromMinutes(1));

        Assert.Equal(["s-1-VM", "s-3-VM", "v-4-VM", "v-5-VM"], (await root.CallAsync("listSystemVms")).Names);
        Assert.Equal("Running", (await root.CallAsync("listSystemVms", ("name", "v-5-VM"))).Items.Single().GetProperty("state").GetString());
    }
}
