using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Networking.Vpc;

/// <summary>Static routes of a VPC, through a private gateway or to a next hop.</summary>
internal sealed class StaticRoutes : ICommandFamily
{
    public const string Class = "StaticRouteResponse";

    // What a router keeps for itself: its control network, the host's own and multicast.
    private static readonly string[] Denied = ["169.254.0.0/16", "127.0.0.0/8", "224.0.0.0/4"];

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Read("listStaticRoutes", call => Listing.Of(
            call, Class, route => call.Text("gatewayid") is not { } gateway || route.Text("vpcgatewayid") == gateway, "gatewayid"));
        commands.Begin("createStaticRoute", Create);
        commands.Begin("deleteStaticRoute", Delete);
    }

    private static Work Create(CommandCall call)
    {
        var gateway = call.Find("gatewayid");
        var nextHop = call.Text("nexthop");
        if (gateway is null == (nextHop is null))
        {
            throw ApiError.Refused("Please specify either gatewayid, or nexthop with vpcid.");
        }

        var vpc = gateway is null ? call.Target("vpcid") : call.State.Store.Find(gateway.Text("vpcid"))!;
        if (nextHop is not null && !AddressPool.IsAddress(nextHop))
        {
            throw ApiError.Refused($"Invalid next hop {nextHop}: an IPv4 address is expected.");
        }

        var cidr = call.RequiredText("cidr");
        DemandFree(call.State, vpc, cidr);
        var route = call.Create(Class, vpc.Owner);
        route["cidr"] = cidr;
        route["vpcid"] = vpc.Id;
        route["vpcgatewayid"] = gateway?.Id;
        route["vpcgatewayip"] = gateway?.Link("ipaddress");
        route["nexthop"] = nextHop ?? gateway!.Text("gateway");
        route["state"] = "Add";
        return Work.On(route, () => route["state"] = "Active") with
        {
            Queue = vpc,
            Abandon = () => call.State.Store.Remove(route),
        };
    }

    private static void DemandFree(CloudState state, Entity vpc, string cidr)
    {
        var block = CidrBlock.Demand(cidr, "cidr");
        if (CidrBlock.Read(vpc.Text("cidr"))?.Overlaps(block) == true)
        {
            throw ApiError.Refused($"The network {cidr} must be outside of the network {vpc.Text("cidr")} of the VPC {vpc.Name}.");
        }

        if (Denied.FirstOrDefault(denied => CidrBlock.Read(denied)!.Value.Overlaps(block)) is { } taboo)
        {
            throw ApiError.Refused($"The network {cidr} overlaps with {taboo}, to which no route may lead.");
        }

        if (state.Table(Class).FirstOrDefault(r => r.Text("vpcid") == vpc.Id && CidrBlock.Read(r.Text("cidr"))?.Overlaps(block) == true) is { } other)
        {
            throw ApiError.RulesConflict($"The network {cidr} overlaps with that of another static route, {other.Text("cidr")}.");
        }
    }

    private static Work Delete(CommandCall call)
    {
        var route = call.Target("id");
        return Work.Removing(call.State.Store, route);
    }
}
