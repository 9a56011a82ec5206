using System.Globalization;
using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Lifecycles.Access.Limits;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Networking.Addresses;

/// <summary>Public addresses that nobody has, and those that are kept for somebody who has no use for them yet.</summary>
internal sealed class AddressReservations : ICommandFamily
{
    public const string Reserved = "Reserved";
    private const string Free = "Free";

    // A range may have millions of addresses; nobody looks at more free ones.
    private const int MostShown = 1_000;

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Read("listPublicIpAddresses", List);
        commands.Do("reserveIpAddress", Reserve, looksUp: "id");
        commands.Do("releaseIpAddress", Release);
    }

    /// <summary>The address that an owner has reserved, or null.</summary>
    public static Entity? Of(CloudState state, Owner owner, string zoneId, string? address) => address is null ? null
        : state.Table(ResultClass.IpAddress).FirstOrDefault(known => known.Text("ipaddress") == address && known.State == Reserved
            && known.Owner == owner && known.Text("zoneid") == zoneId);

    private static Answer List(CommandCall call)
    {
        string[] handled = ["allocatedonly", "forvirtualnetwork"];
        return call.Flag("allocatedonly") != false
            ? Listing.Of(call, ResultClass.IpAddress, null, handled)
            : Answer.List(Listing.Filter(call, call.State.Table(ResultClass.IpAddress), Scope.Of(call), null, handled).Concat(FreeOnes(call)));
    }

    /// <summary>The free addresses that the arguments don't rule out.</summary>
    private static IEnumerable<Entity> FreeOnes(CommandCall call)
    {
        if (Array.Exists(["associatednetworkid", "networkid", "vpcid", "tags", "account", "projectid"], call.Has)
            || call.IsSet("issourcenat") || call.IsSet("isstaticnat") || (call.Text("state") is { } state && state != Free))
        {
            return [];
        }

        return call.State.Table(VlanRanges.Class)
            .Where(range => call.Caller.MaySee(range) && Fits(call, "zoneid", range.Text("zoneid")) && Fits(call, "vlanid", range.Id)
                && Fits(call, "physicalnetworkid", range.Text("physicalnetworkid")))
            .SelectMany(range => PublicAddresses.FreeOf(range).Take(MostShown)
                .Where(text => Fits(call, "ipaddress", text) && Fits(call, "id", IdOf(range, text)))
                .Select(text => Picture(call.State, range, text)));
    }

    private static bool Fits(CommandCall call, string argument, string? value) =>
        call.Text(argument) is not { Length: > 0 } wanted || wanted == value;

    private static Entity Picture(CloudState state, Entity range, string text)
    {
        var address = new Entity(state.Schema.Of(ResultClass.IpAddress), IdOf(range, text));
        address["ipaddress"] = text;
        address["state"] = Free;
        address["issourcenat"] = false;
        address["isstaticnat"] = false;
        address["isportable"] = false;
        address["issystem"] = false;
        address["forvirtualnetwork"] = range.Flag("forvirtualnetwork");
        address["zoneid"] = range.Text("zoneid");
        address["zonename"] = state.Store.Find(ResultClass.Zone, range.Text("zoneid"))?.Link("name");
        address["physicalnetworkid"] = range.Text("physicalnetworkid");
        address["vlanid"] = range.Id;
        address["vlanname"] = range.Text("vlan");
        return address;
    }

    // Free addresses aren't kept as objects: the identifier says which one it is, and of which range.
    private static string IdOf(Entity range, string text) =>
        AddressPool.TryNumber(text, out var number) ? string.Create(CultureInfo.InvariantCulture, $"{number:x8}{range.Id[8..]}") : range.Id;

    private static Answer Reserve(CommandCall call)
    {
        var id = call.RequiredText("id");
        if (call.State.Store.Find(ResultClass.IpAddress, id) is { } known)
        {
            call.DemandSight(known);
            throw ApiError.Refused($"The public address {known.Text("ipaddress")} isn't free: it's {known.State}.");
        }

        var owner = call.NewOwner();
        var (range, text) = Named(call, id);
        ResourceLimits.Demand(call.State, owner, LimitedResource.Address);
        var address = PublicAddresses.Take(call.State, owner, range, text, id);
        address["state"] = Reserved;
        address["zonename"] = call.State.Store.Find(ResultClass.Zone, range.Text("zoneid"))?.Link("name");
        call.Apply(address, "fordisplay");
        return Answer.Of(address);
    }

    private static (Entity Range, string Address) Named(CommandCall call, string id)
    {
        if (id.Length == 36 && uint.TryParse(id.AsSpan(0, 8), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number)
            && call.State.Table(VlanRanges.Class).FirstOrDefault(range => range.Id[8..] == id[8..]) is { } range
            && AddressPool.TextOf(number) is var text && AddressPool.IsWithin(text, range.Text("startip")!, range.Text("endip")!))
        {
            return (range, text);
        }

        throw ApiError.NoEntity(call.Command.Name, "id", id);
    }

    private static Answer Release(CommandCall call)
    {
        var address = call.Target("id");
        if (address.State != Reserved)
        {
            throw ApiError.Refused($"The public address {address.Text("ipaddress")} isn't reserved: it's {address.State}.");
        }

        PublicAddresses.Release(call.State, address);
        return Answer.Done;
    }
}
