using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Networking.Physical;

/// <summary>VLANs of a physical network that only one account's or project's networks are given.</summary>
internal sealed class DedicatedVlans : ICommandFamily
{
    private const string Class = "GuestVlanRangeResponse";

    // The class shows the physical network's number in the server's database, which this cloud has none of.
    private const string Physical = "physical";

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Do("dedicateGuestVlanRange", Dedicate);
        commands.Begin("releaseDedicatedGuestVlanRange", Release);
        commands.Read("listDedicatedGuestVlanRanges", List);
    }

    /// <summary>The dedicated ranges of a physical network, in the order of their numbers.</summary>
    public static IReadOnlyList<Entity> On(CloudState state, Entity physical) =>
        [.. state.Table(Class).Where(range => range.Attribute<Entity>(Physical) == physical).OrderBy(range => SpanOf(range).First)];

    public static (int First, int Last) SpanOf(Entity range) => VlanSpans.ReadOne(range.Text("guestvlanrange")!)!.Value;

    private static Answer Dedicate(CommandCall call)
    {
        if (!call.Has("projectid") && !(call.Has("account") && call.Has("domainid")))
        {
            throw ApiError.Refused("Unable to find the account: please specify account and domainid, or projectid.");
        }

        if (call.Has("projectid") && call.Has("account"))
        {
            throw ApiError.Refused("account and projectid are mutually exclusive.");
        }

        var owner = call.NewOwner();
        var physical = call.Target("physicalnetworkid");
        var span = Checked(call, physical, owner);
        // A range that continues one of the same owner becomes part of it.
        var parts = On(call.State, physical)
            .Where(range => range.Owner == owner && (SpanOf(range).Last + 1 == span.First || span.Last + 1 == SpanOf(range).First)).ToList();
        foreach (var part in parts.Skip(1))
        {
            span = (Math.Min(span.First, SpanOf(part).First), Math.Max(span.Last, SpanOf(part).Last));
            call.State.Store.Remove(part);
        }

        if (parts is [var kept, ..])
        {
            kept["guestvlanrange"] = VlanSpans.TextOf((Math.Min(span.First, SpanOf(kept).First), Math.Max(span.Last, SpanOf(kept).Last)));
            return Answer.Of(kept);
        }

        var made = call.New(Class);
        made["guestvlanrange"] = VlanSpans.TextOf(span);
        made.SetAttribute(Physical, physical);
        owner.Claim(made);
        call.State.Store.Add(made);
        return Answer.Of(made);
    }

    private static (int First, int Last) Checked(CommandCall call, Entity physical, Owner owner)
    {
        var text = call.RequiredText("vlanrange");
        if (physical.Text("isolationmethods") is { Length: > 0 } isolation && !isolation.Contains("VLAN", StringComparison.OrdinalIgnoreCase)
            && !isolation.Contains("VXLAN", StringComparison.OrdinalIgnoreCase))
        {
            throw ApiError.Refused($"Can't dedicate VLANs of the physical network {physical.Name}: it's isolated by {isolation}.");
        }

        var span = VlanSpans.ReadOne(text) ?? throw ApiError.Refused($"Invalid format for vlanrange {text}: it must be 'startvlan-endvlan'.");
        if (span.First > span.Last || !GuestVlans.Of(physical).Any(own => own.First <= span.First && span.Last <= own.Last))
        {
            throw ApiError.Refused(
                $"Unable to find guest VLANs by range {text}: the physical network {physical.Name} has {physical.Text("vlan") ?? "none"}.");
        }

        foreach (var (vlan, network) in GuestVlans.Taken(call.State, physical))
        {
            if (VlanSpans.Contain([span], vlan) && network.Owner != owner)
            {
                throw ApiError.Refused($"The guest VLAN {vlan} of the range is allocated to another account's network.");
            }
        }

        return On(call.State, physical).Any(range => VlanSpans.Overlap(SpanOf(range), span))
            ? throw ApiError.Refused($"The VLAN range {text} is already dedicated, or a part of it is.")
            : span;
    }

    private static Work Release(CommandCall call) => Work.Removing(call.State.Store, call.Target("id"));

    private static Answer List(CommandCall call)
    {
        var (physical, zone) = (call.Find("physicalnetworkid"), call.Find("zoneid"));
        return Listing.Of(
            call, Class,
            range => range.Attribute<Entity>(Physical) is { } own && (physical is null || physical == own)
                && (zone is null || own.Text("zoneid") == zone.Id),
            "physicalnetworkid", "zoneid");
    }
}
