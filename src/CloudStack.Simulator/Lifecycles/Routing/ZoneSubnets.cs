using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Lifecycles.Networking;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Routing;

/// <summary>The IPv4 networks of a zone that routed guest networks are carved from.</summary>
internal sealed class ZoneSubnets : ICommandFamily
{
    public const string Class = "DataCenterIpv4SubnetResponse";

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Begin("createIpv4SubnetForZone", Create);
        commands.Begin("updateIpv4SubnetForZone", Update);
        commands.Begin("deleteIpv4SubnetForZone", Delete);
        commands.Begin("dedicateIpv4SubnetForZone", Dedicate);
        commands.Begin("releaseIpv4SubnetForZone", call => Work.On(call.Target("id"), () => Dedicated.Release(call.Target("id"))));
        commands.Read("listIpv4SubnetsForZone", List);
        state.Store.Removing += gone => Leave(state, gone);
    }

    public static CidrBlock BlockOf(Entity subnet) => CidrBlock.Demand(subnet.Text("subnet"), "subnet");

    public static IEnumerable<Entity> Of(CloudState state, string zoneId) => state.Table(Class).Where(subnet => subnet.Text("zoneid") == zoneId);

    private static void Leave(CloudState state, Entity gone)
    {
        foreach (var subnet in state.Table(Class).Where(subnet => Dedicated.GoesWith(subnet, gone)).ToList())
        {
            Remove(state, subnet);
        }
    }

    private static void Remove(CloudState state, Entity subnet)
    {
        GuestSubnets.Of(state, subnet).ToList().ForEach(state.Store.Remove);
        state.Store.Remove(subnet);
    }

    private static Work Create(CommandCall call)
    {
        var zone = call.Target("zoneid");
        return new Work(null, () =>
        {
            var (block, wanted) = (DemandFree(call, zone.Id, null), Dedicated.Wanted(call));
            var subnet = call.Create(Class, null);
            subnet["zoneid"] = zone.Id;
            subnet["zonename"] = zone.Link("name");
            subnet["subnet"] = $"{block}";
            Dedicated.Describe(subnet, wanted);
            return Answer.Of(subnet);
        })
        {
            Begin = () =>
            {
                DemandFree(call, zone.Id, null);
                Dedicated.Wanted(call);
            },
            Queue = zone,
        };
    }

    private static CidrBlock DemandFree(CommandCall call, string zoneId, Entity? self)
    {
        var block = CidrBlock.Demand(call.Text("subnet"), "subnet");
        return Of(call.State, zoneId).FirstOrDefault(other => other != self && BlockOf(other).Overlaps(block)) is { } known
            ? throw ApiError.Refused($"The subnet {block} overlaps with {known.Text("subnet")} of the zone.")
            : block;
    }

    private static Work Update(CommandCall call)
    {
        var subnet = call.Target("id");
        return Work.On(subnet, () => subnet["subnet"] = $"{CidrBlock.Demand(call.Text("subnet"), "subnet")}") with
        {
            Begin = () =>
            {
                var block = DemandFree(call, subnet.Text("zoneid")!, subnet);
                if (GuestSubnets.Of(call.State, subnet).FirstOrDefault(part => !block.Contains(BlockOf(part))) is { } outside)
                {
                    throw ApiError.Refused($"The guest subnet {outside.Text("subnet")} isn't within {block}.");
                }
            },
        };
    }

    private static Work Delete(CommandCall call)
    {
        var subnet = call.Target("id");
        return new Work(subnet, () =>
        {
            Remove(call.State, subnet);
            return Answer.Done;
        })
        {
            Begin = () =>
            {
                if (GuestSubnets.Of(call.State, subnet).Count(GuestSubnets.IsUsed) is > 0 and var count)
                {
                    throw ApiError.Refused($"The subnet {subnet.Text("subnet")} can't be deleted: {count} guest networks use it.");
                }
            },
        };
    }

    private static Work Dedicate(CommandCall call)
    {
        var subnet = call.Target("id");
        return Work.On(subnet, () => Dedicated.Describe(subnet, Dedicated.Wanted(call))) with
        {
            Begin = () =>
            {
                var (domain, owner) = Dedicated.Wanted(call);
                var users = GuestSubnets.Of(call.State, subnet).Select(part => GuestSubnets.UserOf(call.State, part)).OfType<Entity>();
                Dedicated.DemandUnusedByOthers(domain, owner, users);
            },
        };
    }

    private static Answer List(CommandCall call)
    {
        var (domain, owner) = Dedicated.Wanted(call);
        return Answer.List(Listing.Filter(
            call, call.State.Table(Class), _ => true,
            subnet => (domain is null || subnet.Text("domainid") == domain.Id)
                && (owner is null || (subnet.Text("account") == owner.Account?.Name && subnet.Text("projectid") == owner.Project?.Id))));
    }
}
