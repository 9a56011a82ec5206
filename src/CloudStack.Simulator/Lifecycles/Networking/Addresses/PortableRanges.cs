using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Lifecycles.Infrastructure;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Networking.Addresses;

/// <summary>Ranges of addresses that may move between the zones of a region.</summary>
internal sealed class PortableRanges : ICommandFamily
{
    public const string Class = "PortableIpRangeResponse";

    // The addresses of a range are answered one by one.
    private const int MostAddresses = 4_096;

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Begin("createPortableIpRange", Create);
        commands.Begin("deletePortableIpRange", Delete);
        commands.Read("listPortableIpRanges", call => Listing.Of(call, Class).ShownAs(range => WithAddresses(call.State, range)));
    }

    private static Work Create(CommandCall call)
    {
        var region = RegionOf(call.State, call.Number("regionid"))
            ?? throw ApiError.Refused($"Region with id {call.Number("regionid")} doesn't exist.");
        var start = call.RequiredText("startip");
        var bounds = new AddressBounds(call.RequiredText("gateway"), call.RequiredText("netmask"), start, call.RequiredText("endip"));
        Demand(call.State, bounds, VlanRanges.VlanOf(call.Text("vlan")));
        var range = call.New(Class);
        range["regionid"] = region.Number("id");
        range["gateway"] = bounds.Gateway;
        range["netmask"] = bounds.Netmask;
        range["startip"] = bounds.Start;
        range["endip"] = bounds.End;
        range["vlan"] = VlanRanges.VlanOf(call.Text("vlan"));
        call.State.Store.Add(range);
        region["portableipserviceenabled"] = true;
        return new Work(range, () => Answer.Of(WithAddresses(call.State, range))) { Abandon = () => Remove(call.State, range) };
    }

    private static void Demand(CloudState state, AddressBounds bounds, string vlan)
    {
        bounds.Demand();
        if (AddressPool.CountOf(bounds.Start, bounds.End) > MostAddresses)
        {
            throw ApiError.Refused($"A portable range of the simulated cloud has at most {MostAddresses} addresses.");
        }

        foreach (var className in (string[])[Class, VlanRanges.Class])
        {
            if (state.Table(className).FirstOrDefault(other => bounds.Overlaps(other.Text("startip"), other.Text("endip"))) is { } overlapping)
            {
                throw ApiError.Refused($"The range overlaps with {overlapping.Text("startip")} to {overlapping.Text("endip")}.");
            }
        }

        if (vlan != VlanRanges.Untagged && state.Table(VlanRanges.Class).Any(range => range.Text("vlan") == vlan))
        {
            throw ApiError.Refused($"The VLAN {vlan} is used by a range of public addresses of a zone.");
        }
    }

    private static Work Delete(CommandCall call)
    {
        var range = call.Target("id");
        return new Work(range, () =>
        {
            if (Taken(call.State, range).FirstOrDefault() is { } taken)
            {
                throw ApiError.Refused($"The portable range can't be deleted: its address {taken.Text("ipaddress")} is in use.");
            }

            Remove(call.State, range);
            return Answer.Done;
        });
    }

    private static void Remove(CloudState state, Entity range)
    {
        state.Store.Remove(range);
        if (RegionOf(state, range.Number("regionid")) is { } region)
        {
            region["portableipserviceenabled"] = state.Table(Class).Any(other => other.Number("regionid") == region.Number("id"));
        }
    }

    private static Entity? RegionOf(CloudState state, long? id) => state.Table(Regions.Class).FirstOrDefault(region => region.Number("id") == id);

    private static IEnumerable<Entity> Taken(CloudState state, Entity range) =>
        state.Table(ResultClass.IpAddress).Where(address => address.Text("vlanid") == range.Id);

    private static Entity WithAddresses(CloudState state, Entity range)
    {
        var shown = range.Copy();
        var taken = Taken(state, range).ToDictionary(address => address.Text("ipaddress")!, StringComparer.Ordinal);
        shown["portableipaddress"] = AddressPool.Each(range.Text("startip")!, range.Text("endip")!).Select(text =>
        {
            var entry = new Entity(state.Schema.Of("PortableIpResponse"), text);
            var address = taken.GetValueOrDefault(text);
            entry["ipaddress"] = text;
            entry["regionid"] = range.Number("regionid");
            entry["state"] = address is null ? "Free" : "Allocated";
            entry["accountid"] = address?.Owner?.Account?.Id;
            entry["domainid"] = address?.Owner?.Domain.Id;
            entry["allocated"] = address?["allocated"];
            entry["networkid"] = address?.Text("associatednetworkid");
            entry["vpcid"] = address?.Text("vpcid");
            entry["zoneid"] = address?.Text("zoneid");
            return entry;
        });
        return shown;
    }
}
