using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Lifecycles.Infrastructure;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Metrics;

/// <summary>How busy hosts are, and the clusters and zones that they're in.</summary>
internal sealed class PlaceMetrics : ICommandFamily
{
    // From these parts of the whole on, the server calls for attention, and places no more.
    private const double Attention = 0.75;
    private const double NoMore = 0.85;

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Read("listHostsMetrics", call => Listing.Of(call, ResultClass.Host).ShownAs(host => OfHost(call, host)));
        commands.Read("listClustersMetrics", call => Listing.Of(call, ResultClass.Cluster).ShownAs(cluster => OfPlace(
            call, cluster, "ClusterMetricsResponse", HostTies.HostsIn(call.State, "clusterid", cluster))));
        commands.Read("listZonesMetrics", call => Listing.Of(call, ResultClass.Zone, null, "available").ShownAs(zone => OfZone(call, zone)));
    }

    private static Entity OfHost(CommandCall call, Entity host)
    {
        var picture = Pictures.Of(call, host, "HostMetricsResponse");
        var now = call.State.Clock.GetUtcNow();
        var use = HostUse.Of(host, now);
        picture["cputotalghz"] = Pictures.Gigahertz(use.CpuTotal);
        picture["cpuusedghz"] = Pictures.Gigahertz(use.CpuUsed);
        picture["cpuallocatedghz"] = Pictures.Gigahertz(use.CpuAllocated);
        picture["cpuused"] = Pictures.Percent(use.CpuUsed, use.CpuTotal);
        picture["cpuloadaverage"] = Math.Round(use.CpuTotal == 0 ? 0 : host.Number("cpunumber") * use.CpuUsed / use.CpuTotal, 2);
        picture["memorytotalgb"] = Pictures.Gigabytes((long)use.MemoryTotal);
        picture["memoryusedgb"] = Pictures.Gigabytes((long)use.MemoryUsed);
        picture["memoryused"] = (long)use.MemoryUsed;
        picture["memoryallocatedgb"] = Pictures.Gigabytes((long)use.MemoryAllocated);
        ShowTraffic(picture, host, use, now);
        picture["powerstate"] = HostPower.Of(call.State, host)?.Text("powerstate") ?? "Disabled";
        var machines = Hosts.MachinesOn(call.State, host).Count;
        picture["instances"] = FormattableString.Invariant($"{machines}/{machines}");
        picture["systeminstances"] = "0/0";
        ShowThresholds(picture, use);
        return picture;
    }

    // A host's traffic since it was added, at a pace that its machines' share of its CPUs sets.
    private static void ShowTraffic(Entity picture, Entity host, HostUse use, DateTimeOffset now)
    {
        var seconds = host["created"] is DateTimeOffset created ? (long)(now - created).TotalSeconds : 0;
        var perSecond = 20 + (long)(500 * (use.CpuTotal == 0 ? 0 : use.CpuAllocated / use.CpuTotal));
        picture["networkkbsread"] = seconds * perSecond;
        picture["networkkbswrite"] = seconds * perSecond * 3 / 4;
        picture["networkread"] = Pictures.Gigabytes(picture.Number("networkkbsread") << 10);
        picture["networkwrite"] = Pictures.Gigabytes(picture.Number("networkkbswrite") << 10);
    }

    private static Entity OfZone(CommandCall call, Entity zone)
    {
        var picture = OfPlace(call, zone, "ZoneMetricsResponse", HostTies.HostsIn(call.State, "zoneid", zone));
        var clusters = call.State.Table(ResultClass.Cluster).Where(cluster => cluster.Text("zoneid") == zone.Id).ToList();
        picture["clusters"] = FormattableString.Invariant(
            $"{clusters.Count(cluster => cluster.Text("allocationstate") == "Enabled")}/{clusters.Count}");
        return picture;
    }

    private static Entity OfPlace(CommandCall call, Entity place, string className, List<Entity> hosts)
    {
        var picture = Pictures.Of(call, place, className);
        var now = call.State.Clock.GetUtcNow();
        var uses = hosts.Where(host => host.Text("type") == "Routing").Select(host => HostUse.Of(host, now)).ToList();
        var sum = uses.Aggregate(default(HostUse), HostUse.Add);
        picture["state"] = place.Text("allocationstate");
        picture.TrySet("hosts", FormattableString.Invariant($"{hosts.Count(host => host.State == "Up")}/{hosts.Count}"));
        picture["cputotal"] = Pictures.Gigahertz(sum.CpuTotal);
        picture["cpuused"] = Pictures.Percent(sum.CpuUsed, sum.CpuTotal);
        picture["cpuallocated"] = Pictures.Percent(sum.CpuAllocated, sum.CpuTotal);
        picture["cpumaxdeviation"] = Deviation(uses, use => use.CpuTotal == 0 ? 0 : use.CpuUsed / use.CpuTotal);
        picture["memorytotal"] = Pictures.Gigabytes((long)sum.MemoryTotal);
        picture["memoryused"] = Pictures.Percent(sum.MemoryUsed, sum.MemoryTotal);
        picture["memoryallocated"] = Pictures.Percent(sum.MemoryAllocated, sum.MemoryTotal);
        picture["memorymaxdeviation"] = Deviation(uses, use => use.MemoryTotal == 0 ? 0 : use.MemoryUsed / use.MemoryTotal);
        ShowThresholds(picture, sum);
        return picture;
    }

    // How far the host furthest from the average is off it.
    private static string Deviation(List<HostUse> uses, Func<HostUse, double> part)
    {
        var average = uses.Count == 0 ? 0 : uses.Average(part);
        return Pictures.Percent(uses.Count == 0 ? 0 : uses.Max(use => Math.Abs(part(use) - average)), 1);
    }

    private static void ShowThresholds(Entity picture, HostUse use)
    {
        Show("cpu", use.CpuUsed, use.CpuTotal);
        Show("cpuallocated", use.CpuAllocated, use.CpuTotal);
        Show("memory", use.MemoryUsed, use.MemoryTotal);
        Show("memoryallocated", use.MemoryAllocated, use.MemoryTotal);

        void Show(string prefix, double part, double whole)
        {
            picture[prefix + "threshold"] = part > whole * Attention;
            picture[prefix + "disablethreshold"] = part > whole * NoMore;
        }
    }
}
