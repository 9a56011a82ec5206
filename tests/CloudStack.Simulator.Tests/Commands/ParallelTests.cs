using CloudStack.Simulator.Tests.Support;

namespace CloudStack.Simulator.Tests.Commands;

public sealed class ParallelTests
{
    [Fact]
    public async Task Stays_whole_under_parallel_changes_and_lists()
    {
        using var cloud = new SimulatedCloud();
        var root = SignedCaller.Root(cloud);
        var template = await root.IdOfAsync("listTemplates", "Debian 12", ("templatefilter", "all"));
        var offering = await root.IdOfAsync("listServiceOfferings", "Small");
        var zone = await root.IdOfAsync("listZones", "fra1");
        var network = await root.IdOfAsync("listNetworks", "admin-net");

        await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(async () =>
        {
            for (var i = 0; i < 10; i++)
            {
                var machine = await root.FinishAsync(
                    "deployVirtualMachine", ("name", $"p-{worker}-{i}"), ("templateid", template), ("serviceofferingid", offering),
                    ("zoneid", zone), ("networkids", network));
                var id = machine.GetProperty("id").GetString()!;
                Assert.Equal(200, (await root.CallAsync("listVirtualMachines", ("listall", "true"))).Status);
                await root.FinishAsync("stopVirtualMachine", ("id", id));
                if (i % 2 == 0)
                {
                    await root.FinishAsync("destroyVirtualMachine", ("id", id), ("expunge", "true"));
                }
            }
        })));

        var machines = (await root.CallAsync("listVirtualMachines", ("listall", "true"))).Items;
        Assert.Equal(13 + 40, machines.Count);
        var addresses = machines.SelectMany(m => m.GetProperty("nic").EnumerateArray()).Select(n => (n.GetProperty("networkid").GetString(), n.GetProperty("ipaddress").GetString())).ToList();
        Assert.Equal(addresses.Count, addresses.Distinct().Count());
        var memory = machines.Where(m => m.TryGetProperty("hostid", out _)).Sum(m => m.GetProperty("memory").GetInt64() << 20);
        var project = (await root.CallAsync("listVirtualMachines", ("projectid", "-1"))).Items.Sum(m => m.GetProperty("memory").GetInt64() << 20);
        var allocated = (await root.CallAsync("listHosts")).Items.Sum(h => h.GetProperty("memoryallocatedbytes").GetInt64());
        Assert.Equal(memory + project, allocated);
    }

    [Fact]
    public async Task Makes_the_same_cloud_from_the_same_seed()
    {
        using var one = new SimulatedCloud();
        using var two = new SimulatedCloud();
        using var other = new SimulatedCloud(new SimulatorOptions { Seed = 7 });

        Assert.Equal(await IdsAsync(one), await IdsAsync(two));
        Assert.NotEqual(await IdsAsync(one), await IdsAsync(other));

        static async Task<IEnumerable<string?>> IdsAsync(SimulatedCloud cloud) =>
            (await SignedCaller.Root(cloud).CallAsync("listVirtualMachines", ("listall", "true"))).Items.Select(m => m.GetProperty("id").GetString());
    }
}
