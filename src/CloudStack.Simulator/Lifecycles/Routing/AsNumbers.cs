using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Lifecycles.Networking.Vpc;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Routing;

/// <summary>Ranges of numbers of autonomous systems in a zone. Dynamically routed networks and VPCs get one each.</summary>
internal sealed class AsNumbers : ICommandFamily
{
    public const string Class = "ASNumberResponse";
    private const string RangeClass = "ASNRangeResponse";
    private const long Most = uint.MaxValue;

    // Each number is an object of its own, as on the server, which knows no bound.
    private const long MostOfRange = 10_000;
    private const string Free = "Free";
    private const string Allocated = "Allocated";

    private static readonly string[] Allocation =
    [
        "allocated", "account", "accountid", "domain", "domainid", "associatednetworkid", "associatednetworkname", "vpcid", "vpcname",
    ];

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Do("createASNRange", Create);
        commands.Do("deleteASNRange", Delete);
        commands.Do("releaseASNumber", Release);
        commands.Read("listASNRanges", call => Listing.Of(call, RangeClass));
        commands.Read("listASNumbers", List);
        state.Store.Removing += gone => Leave(state, gone);
    }

    /// <summary>The number that a new network or VPC gets.</summary>
    /// <exception cref="ApiError">There's none, or not the one wanted.</exception>
    public static Entity Find(CommandCall call, Entity zone, Entity offering)
    {
        var numbers = call.State.Table(Class).Where(number => number.Text("zoneid") == zone.Id);
        var wanted = call.Number("asnumber");
        if (offering.Flag("specifyasnumber"))
        {
            return wanted is null
                ? throw ApiError.Refused($"The offering {offering.Name} wants an AS number to be specified; please pass asnumber.")
                : numbers.FirstOrDefault(number => number.Number("asnumber") == wanted && IsFree(number))
                    ?? throw ApiError.Refused($"The AS number {wanted} isn't a free one of the zone {zone.Name}.");
        }

        return wanted is not null
            ? throw ApiError.Refused($"The offering {offering.Name} lets no AS number be specified; it's chosen by the cloud.")
            : numbers.FirstOrDefault(IsFree) ?? throw Failed($"Cannot allocate an AS number in the zone {zone.Name}: none is free.");
    }

    /// <summary>Gives a number to a network or VPC.</summary>
    public static void Allocate(CloudState state, Entity number, Entity user)
    {
        number["allocationstate"] = Allocated;
        number["allocated"] = state.Clock.GetUtcNow();
        number["account"] = user.Owner?.Account?.Link("name");
        number["accountid"] = user.Owner?.Account?.Id;
        number["domain"] = user.Owner?.Domain.Link("name");
        number["domainid"] = user.Owner?.Domain.Id;
        var isVpc = user.Class.Name == VpcBuilder.Class;
        number[isVpc ? "vpcid" : "associatednetworkid"] = user.Id;
        number[isVpc ? "vpcname" : "associatednetworkname"] = user.Link("name");
        user["asnumber"] = number.Number("asnumber");
        user["asnumberid"] = number.Id;
    }

    private static bool IsFree(Entity number) => number.Text("allocationstate") == Free;

    private static Entity? UserOf(CloudState state, Entity number) => state.Store.Find(number.Text("vpcid") ?? number.Text("associatednetworkid"));

    private static void Leave(CloudState state, Entity gone)
    {
        if (gone.Class.Has("asnumberid") && state.Store.Find(Class, gone.Text("asnumberid")) is { } number)
        {
            GiveBack(number);
        }
    }

    private static void GiveBack(Entity number)
    {
        Array.ForEach(Allocation, field => number[field] = null);
        number["allocationstate"] = Free;
    }

    private static Answer Create(CommandCall call)
    {
        var zone = call.Target("zoneid");
        var (first, last) = (call.Number("startasn")!.Value, call.Number("endasn")!.Value);
        if (first < 1 || last > Most || first > last)
        {
            throw Failed($"{first}-{last} isn't a range of AS numbers: they go from 1 to {Most}.");
        }

        if (last - first >= MostOfRange)
        {
            throw Failed($"A range of the simulated cloud holds at most {MostOfRange} AS numbers; please make several.");
        }

        if (call.State.Table(RangeClass).FirstOrDefault(range => range.Text("zoneid") == zone.Id
            && range.Number("startasn") <= last && first <= range.Number("endasn")) is { } known)
        {
            throw Failed($"The range {first}-{last} overlaps with {Shown(known)} of the zone {zone.Name}.");
        }

        var added = call.Create(RangeClass, null);
        added["zoneid"] = zone.Id;
        added["startasn"] = first;
        added["endasn"] = last;
        for (var i = first; i <= last; i++)
        {
            Add(call, zone, added, i);
        }

        return Answer.Of(added);
    }

    private static void Add(CommandCall call, Entity zone, Entity range, long value)
    {
        var number = call.New(Class);
        number["asnumber"] = value;
        number["asnrangeid"] = range.Id;
        number["asnrange"] = Shown(range);
        number["zoneid"] = zone.Id;
        number["zonename"] = zone.Link("name");
        number["created"] = call.State.Clock.GetUtcNow();
        number["allocationstate"] = Free;
        call.State.Store.Add(number);
    }

    private static string Shown(Entity range) => $"{range.Number("startasn")}-{range.Number("endasn")}";

    private static Answer Delete(CommandCall call)
    {
        var range = call.Target("id");
        var numbers = call.State.Table(Class).Where(number => number.Text("asnrangeid") == range.Id).ToList();
        if (numbers.Count(number => !IsFree(number)) is > 0 and var used)
        {
            throw Failed($"The range {Shown(range)} can't be deleted: {used} of its AS numbers are in use.");
        }

        numbers.ForEach(call.State.Store.Remove);
        call.State.Store.Remove(range);
        return Answer.Done;
    }

    private static Answer Release(CommandCall call)
    {
        var (zone, value) = (call.Target("zoneid"), call.Number("asnumber"));
        var number = call.State.Table(Class).FirstOrDefault(known => known.Number("asnumber") == value && known.Text("zoneid") == zone.Id)
            ?? throw Failed($"Cannot find the AS number {value} in the zone {zone.Name}.");
        if (UserOf(call.State, number) is { } user)
        {
            var offering = call.State.Store.Find(user.Text(user.Class.Name == VpcBuilder.Class ? "vpcofferingid" : "networkofferingid"));
            if (offering?.Flag("specifyasnumber") == true)
            {
                throw Failed($"Cannot release the AS number {value}: {user.Name} is of an offering that wants one to be specified.");
            }

            user["asnumber"] = null;
            user["asnumberid"] = null;
            GiveBack(number);
        }

        return Answer.Done;
    }

    private static Answer List(CommandCall call)
    {
        var account = call.Text("account") is { Length: > 0 } ? Scope.NamedAccount(call) : null;
        // A tier has no number of its own: its VPC's is shown.
        var network = call.Find("networkid");
        var vpc = network?.Text("vpcid") ?? call.Text("vpcid");
        return Answer.List(Listing.Filter(
            call, call.State.Table(Class), _ => true,
            number => (account is null || number.Text("accountid") == account.Id)
                && (call.Flag("isallocated") is not { } isAllocated || IsFree(number) != isAllocated)
                && (vpc is null || number.Text("vpcid") == vpc)
                && (network is null || vpc is not null || number.Text("associatednetworkid") == network.Id),
            "vpcid"));
    }

    private static ApiError Failed(string text) => new(ApiError.Internal, text, null);
}
