using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Lifecycles.Networking.Addresses;
using CloudStack.Simulator.Lifecycles.Networking.Physical;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Networking;

/// <summary>The ranges that public addresses are taken from, for all or for one account.</summary>
internal sealed class VlanRanges : ICommandFamily
{
    public const string Class = "VlanIpRangeResponse";
    public const string Untagged = "vlan://untagged";

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Do("createVlanIpRange", Create);
        commands.Do("updateVlanIpRange", Update);
        commands.Do("deleteVlanIpRange", Delete);
        commands.Do("dedicatePublicIpRange", Dedicate);
        commands.Do("releasePublicIpRange", Release);
        commands.Read("listVlanIpRanges", call => Listing.Of(call, Class));
        commands.Begin("updateIpAddress", UpdateAddress);
    }

    /// <summary>Gives the ranges of an owner that goes to all.</summary>
    public static void ReleaseAll(CloudState state, Owner owner)
    {
        foreach (var range in state.Table(Class).Where(range => range.Owner == owner))
        {
            GiveBack(range);
        }
    }

    /// <summary>A VLAN as ranges show it.</summary>
    public static string VlanOf(string? vlan) =>
        vlan is not { Length: > 0 } ? Untagged : vlan.StartsWith("vlan://", StringComparison.Ordinal) ? vlan : $"vlan://{vlan}";

    private static Answer Create(CommandCall call)
    {
        var physical = call.Find("physicalnetworkid");
        var zone = call.Find("zoneid") ?? call.State.Store.Find(physical?.Text("zoneid"))
            ?? throw ApiError.Missing(call.Command.Name, "zoneid");
        var (gateway, netmask) = (call.RequiredText("gateway"), call.RequiredText("netmask"));
        var start = call.RequiredText("startip");
        var end = call.Text("endip") ?? start;
        var cidr = Checked(call.State, null, zone.Id, new AddressBounds(gateway, netmask, start, end));
        var owner = call.Has("account") || call.Has("projectid") ? call.NewOwner() : null;
        if (physical is not null && physical.Text("zoneid") != zone.Id)
        {
            throw ApiError.Refused($"The physical network {physical.Name} isn't in zone {zone.Name}.");
        }

        physical ??= PhysicalNetworks.Carrying(call.State, zone.Id, "Public");
        GuestVlans.DemandOutside(physical, call.Text("vlan"));
        var range = call.New(Class);
        range["zoneid"] = zone.Id;
        range["physicalnetworkid"] = physical?.Id;
        range["vlan"] = VlanOf(call.Text("vlan"));
        range["forvirtualnetwork"] = call.Flag("forvirtualnetwork") ?? true;
        range["forsystemvms"] = call.IsSet("forsystemvms");
        call.Apply(range, "networkid", "podid", "provider", "startipv6", "endipv6", "ip6gateway", "ip6cidr");
        Describe(range, new AddressBounds(gateway, netmask, start, end), cidr);
        owner?.Claim(range);
        call.State.Store.Add(range);
        return Answer.Of(range);
    }

    private static Answer Update(CommandCall call)
    {
        var range = call.Target("id");
        var bounds = new AddressBounds(
            call.Text("gateway") ?? range.Text("gateway")!, call.Text("netmask") ?? range.Text("netmask")!,
            call.Text("startip") ?? range.Text("startip")!, call.Text("endip") ?? range.Text("endip")!);
        var cidr = Checked(call.State, range, range.Text("zoneid")!, bounds);
        if (TakenOf(call.State, range).FirstOrDefault(a => !AddressPool.IsWithin(a.Text("ipaddress")!, bounds.Start, bounds.End)) is { } outside)
        {
            throw ApiError.StillInUse($"The address {outside.Text("ipaddress")} is allocated and lies outside the new range.");
        }

        Describe(range, bounds, cidr);
        call.Apply(range, "forsystemvms", "startipv6", "endipv6", "ip6gateway", "ip6cidr");
        PublicAddresses.Renew(range, TakenOf(call.State, range));
        return Answer.Of(range);
    }

    private static Answer Delete(CommandCall call)
    {
        var range = call.Target("id");
        if (TakenOf(call.State, range).FirstOrDefault() is { } taken)
        {
            throw ApiError.StillInUse($"The range can't be deleted: its address {taken.Text("ipaddress")} is allocated.");
        }

        call.State.Store.Remove(range);
        return Answer.Done;
    }

    private static Answer Dedicate(CommandCall call)
    {
        var range = call.Target("id");
        var owner = call.Has("account") || call.Has("projectid")
            ? call.NewOwner()
            : throw ApiError.Missing(call.Command.Name, "account");
        if (range.Owner is not null)
        {
            throw ApiError.Refused("The range is already dedicated; please release it first.");
        }

        if (TakenOf(call.State, range).FirstOrDefault(address => address.Owner != owner) is { } foreign)
        {
            throw ApiError.StillInUse($"The address {foreign.Text("ipaddress")} of the range is allocated to {foreign.Owner?.Holder.Name}.");
        }

        owner.Claim(range);
        return Answer.Of(range);
    }

    private static Answer Release(CommandCall call)
    {
        var range = call.Target("id");
        if (range.Owner is null)
        {
            throw ApiError.Refused("The range isn't dedicated to anybody.");
        }

        GiveBack(range);
        return Answer.Done;
    }

    private static void GiveBack(Entity range)
    {
        range.Owner = null;
        foreach (var field in (string[])["account", "project", "projectid", "domainid", "domain", "domainpath"])
        {
            range[field] = null;
        }
    }

    private static Work UpdateAddress(CommandCall call)
    {
        var address = call.Target("id");
        return Work.On(address, () => call.Apply(address, "fordisplay"));
    }

    private static IEnumerable<Entity> TakenOf(CloudState state, Entity range) =>
        state.Table(ResultClass.IpAddress).Where(address => address.Text("vlanid") == range.Id);

    private static string Checked(
        CloudState state, Entity? self, string zoneId, AddressBounds bounds)
    {
        var cidr = bounds.Demand();
        return state.Table(Class).FirstOrDefault(other => other != self && other.Text("zoneid") == zoneId && bounds.Overlaps(other.Text("startip"), other.Text("endip")))
            is { } overlapping
            ? throw ApiError.Refused(
                $"The range overlaps with {overlapping.Text("startip")} to {overlapping.Text("endip")} of the same zone.")
            : cidr;
    }

    private static void Describe(Entity range, AddressBounds bounds, string cidr)
    {
        range["gateway"] = bounds.Gateway;
        range["netmask"] = bounds.Netmask;
        range["startip"] = bounds.Start;
        range["endip"] = bounds.End;
        range["cidr"] = cidr;
    }
}
