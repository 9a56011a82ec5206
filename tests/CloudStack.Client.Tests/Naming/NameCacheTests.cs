using CloudStack.Client.Tests.Simulated;
using CloudStack.Client.Tests.Support;
using CloudStack.Simulator;

namespace CloudStack.Client.Tests.Naming;

/// <summary>Names are remembered for a while, but never those of what a change acts on.</summary>
public sealed class NameCacheTests : IDisposable
{
    private readonly SimulatedCloud _cloud = new();
    private readonly CloudStackProvider _provider;

    public NameCacheTests() => _provider = SimulatedSample.Provider(_cloud);

    public void Dispose()
    {
        _provider.Dispose();
        _cloud.Dispose();
    }

    [Fact]
    public async Task A_zone_that_a_change_only_names_is_asked_for_once()
    {
        await FindAsync("ZoneResponse", "fra1", "deployVirtualMachine");
        await FindAsync("ZoneResponse", "fra1", "deployVirtualMachine");

        Assert.Equal(1, SimulatedSample.Count(_cloud, "listZones"));
        Assert.Equal((1, 1), (_provider.Cache.Hits, _provider.Cache.Misses));
    }

    [Theory]
    [InlineData("UserVmResponse", "web-01", "stopVirtualMachine", "listVirtualMachines")]
    [InlineData("UserVmResponse", "web-01", "startVirtualMachine", "listVirtualMachines")]
    [InlineData("ZoneResponse", "fra1", "deleteZone", "listZones")]
    public async Task The_target_of_a_change_is_asked_for_each_time(string resultClass, string name, string command, string list)
    {
        await FindAsync(resultClass, name, command);
        await FindAsync(resultClass, name, command);

        Assert.Equal(2, SimulatedSample.Count(_cloud, list));
    }

    [Fact]
    public async Task A_change_to_zones_drops_what_is_known_of_zones()
    {
        await FindAsync("ZoneResponse", "fra1", "deployVirtualMachine");
        await _provider.SendAsync(Sample.Command("updateZone", ("id", _cloud.SampleId("ZoneResponse")), ("name", "fra9")), CancellationToken.None);

        Assert.Empty(await _provider.FindAsync("ZoneResponse", "fra1", Sample.Command("deployVirtualMachine"), CancellationToken.None));
    }

    private async Task FindAsync(string resultClass, string name, string command) =>
        Assert.Single(await _provider.FindAsync(resultClass, name, Sample.Command(command), CancellationToken.None));
}
