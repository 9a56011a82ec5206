using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Identity;
using CloudStack.Simulator.Lifecycles.Networking.Physical;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Infrastructure;

/// <summary>Zones: made disabled, enabled, deleted when nothing is in them.</summary>
internal sealed class Zones : ICommandFamily
{
    // What keeps a zone from being deleted, in the order the server looks.
    private static readonly (string Class, string What)[] Contents =
    [
        (ResultClass.Host, "hosts"), (ResultClass.Cluster, "clusters"), (ResultClass.Pod, "pods"),
        (ResultClass.VirtualMachine, "virtual machines"), (ResultClass.Volume, "volumes"), (ResultClass.IpAddress, "allocated public addresses"),
        ("PhysicalNetworkResponse", "physical networks"), (ResultClass.StoragePool, "primary storage"), (ResultClass.ImageStore, "image stores"),
    ];

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Read("listZones", List);
        commands.Do("createZone", Create);
        commands.Do("updateZone", Update);
        commands.Do("deleteZone", Delete);
    }

    private static Answer List(CommandCall call) => Listing.Of(
        call,
        ResultClass.Zone,
        zone => (call.Caller.Role != RoleType.User || zone.Text("allocationstate") == "Enabled" || !call.IsSet("available"))
            && OwnedBy(call, zone),
        "available");

    private static bool OwnedBy(CommandCall call, Entity zone) =>
        zone.Text("domainid") is not { } id || call.Caller.IsRoot
        || (call.State.Store.Find(id) is { } domain && DomainTree.Contains(domain, call.Caller.Domain));

    private static Answer Create(CommandCall call)
    {
        var type = call.RequiredText("networktype");
        if (type is not ("Basic" or "Advanced"))
        {
            throw ApiError.Refused($"Invalid zone type {type}; only Advanced and Basic are supported");
        }

        DemandFreeName(call, null);
        DemandAddresses(call);
        var zone = InfrastructureBuilder.CreateZone(call.State, call.RequiredText("name"), type);
        zone["securitygroupsenabled"] = call.IsSet("securitygroupenabled");
        zone["type"] = call.IsSet("isedge") ? "Edge" : "Core";
        Apply(call, zone);
        return Answer.Of(zone);
    }

    private static Answer Update(CommandCall call)
    {
        var zone = call.Target("id");
        DemandFreeName(call, zone);
        DemandAddresses(call);
        if (call.Text("allocationstate") is { } state && state is not ("Enabled" or "Disabled"))
        {
            throw ApiError.BadValue(call.Command.Name, "allocationstate", state);
        }

        Apply(call, zone);
        return Answer.Of(zone);
    }

    private static void Apply(CommandCall call, Entity zone) => call.Apply(
        zone, "name", "dns1", "dns2", "ip6dns1", "ip6dns2", "internaldns1", "internaldns2", "domain", "guestcidraddress",
        "localstorageenabled", "allocationstate", "dhcpprovider");

    private static void DemandFreeName(CommandCall call, Entity? self)
    {
        if (call.Text("name") is { } name && call.State.Table(ResultClass.Zone).Any(z => z != self && z.Name == name))
        {
            throw ApiError.Refused($"A zone with that name already exists. Please specify a unique zone name: {name} is taken.");
        }
    }

    private static void DemandAddresses(CommandCall call)
    {
        foreach (var name in (string[])["dns1", "dns2", "internaldns1", "internaldns2"])
        {
            if (call.Text(name) is { Length: > 0 } address && !System.Net.IPAddress.TryParse(address, out _))
            {
                throw ApiError.Refused($"Please enter a valid IP address for {name}: {address} is none.");
            }
        }
    }

    private static Answer Delete(CommandCall call)
    {
        var zone = call.Target("id");
        foreach (var (className, what) in Contents)
        {
            if (call.State.Table(className).Any(entity => entity.Text("zoneid") == zone.Id))
            {
                throw ApiError.Refused($"The zone {zone.Name} is not deletable because there are {what} in this zone.");
            }
        }

        NetworkDevices.Forget(call.State, zone);
        call.State.Store.Remove(zone);
        return Answer.Done;
    }
}
