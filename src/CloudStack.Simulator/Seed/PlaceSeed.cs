using System.Globalization;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Lifecycles.Infrastructure;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Seed;

/// <summary>The seeded zones.</summary>
/// <param name="Frankfurt">Zone fra1, where nearly everything is.</param>
/// <param name="Amsterdam">Zone ams1, smaller.</param>
internal sealed record Places(Entity Frankfurt, Entity Amsterdam);

/// <summary>Zones with their pods, clusters, hosts, storage and physical networks.</summary>
internal static class PlaceSeed
{
    private const int MachinesPerHost = 60;

    public static Places Plant(CloudState state)
    {
        var hosts = Math.Max(4, (state.Options.MachineCount + MachinesPerHost - 1) / MachinesPerHost);
        var frankfurt = Zone(state, "fra1", 20, "203.0.113", hosts);
        var amsterdam = Zone(state, "ams1", 30, "198.51.100", 2);
        // Identifiers of a sequence of their own, so that those of the rest of the seed don't depend on what is made here.
        state.Ids.Hold(0, () => PhysicalNetworkSeed.Plant(state));
        var server = state.New("ManagementServerResponse");
        server["name"] = "mgmt-01";
        server["state"] = "Up";
        server["version"] = state.Options.ServerVersion;
        server["ipaddress"] = "10.20.0.10";
        server["serviceip"] = "10.20.0.10";
        server["agentscount"] = (long)(hosts + 2);
        server["pendingjobscount"] = 0L;
        state.Store.Add(server);
        return new Places(frankfurt, amsterdam);
    }

    private static Entity Zone(CloudState state, string name, int net, string publicPrefix, int hosts)
    {
        var zone = InfrastructureBuilder.CreateZone(state, name, "Advanced");
        zone["dns1"] = "9.9.9.9";
        zone["dns2"] = "149.112.112.112";
        zone["internaldns1"] = $"10.{net}.0.2";
        zone["internaldns2"] = $"10.{net}.0.3";
        zone["guestcidraddress"] = "10.1.1.0/24";
        zone["allocationstate"] = "Enabled";
        var physical = InfrastructureBuilder.CreatePhysicalNetwork(state, zone, $"{name}-physical-1");
        physical["state"] = "Enabled";
        physical["vlan"] = "200-999";
        PublicRange(state, zone, physical, publicPrefix);
        var pod = InfrastructureBuilder.CreatePod(state, zone, $"{name}-pod-1");
        pod["gateway"] = $"10.{net}.0.1";
        pod["netmask"] = "255.255.0.0";
        pod["startip"] = new[] { $"10.{net}.1.10" };
        pod["endip"] = new[] { $"10.{net}.1.200" };
        var cluster = InfrastructureBuilder.CreateCluster(state, pod, $"{name}-kvm-1", "KVM");
        for (var i = 1; i <= hosts; i++)
        {
            InfrastructureBuilder.CreateHost(
                state, cluster, string.Create(CultureInfo.InvariantCulture, $"{name}-kvm-1-h{i:00}"),
                string.Create(CultureInfo.InvariantCulture, $"10.{net}.{2 + (i / 250)}.{i % 250}"));
        }

        InfrastructureBuilder.CreatePool(
            state, cluster, $"{name}-nfs-primary-1", $"nfs://10.{net}.0.50/export/primary1", (4L + (hosts * 2L)) << 40);
        InfrastructureBuilder.CreateImageStore(state, zone, $"{name}-secondary-1", "NFS", $"nfs://10.{net}.0.60/export/secondary1");
        InfrastructureBuilder.CreateSystemVms(state, zone, pod);
        return zone;
    }

    private static void PublicRange(CloudState state, Entity zone, Entity physical, string prefix)
    {
        var range = state.New("VlanIpRangeResponse");
        range["zoneid"] = zone.Id;
        range["physicalnetworkid"] = physical.Id;
        range["vlan"] = "vlan://100";
        range["gateway"] = $"{prefix}.1";
        range["netmask"] = "255.255.255.0";
        range["cidr"] = $"{prefix}.0/24";
        range["startip"] = $"{prefix}.10";
        range["endip"] = $"{prefix}.250";
        range["forvirtualnetwork"] = true;
        range["forsystemvms"] = false;
        state.Store.Add(range);
    }
}
