using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Lifecycles.Networking.Physical;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Networking.Vpc;

/// <summary>Private gateways: a VPC's feet in networks outside the cloud, or in other networks of its owner.</summary>
internal sealed class PrivateGateways : ICommandFamily
{
    public const string Class = "PrivateGatewayResponse";

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Read("listPrivateGateways", call => Listing.Of(call, Class));
        commands.Begin("createPrivateGateway", Create);
        commands.Begin("deletePrivateGateway", Delete);
    }

    private static Work Create(CommandCall call)
    {
        var vpc = call.Target("vpcid");
        var (address, gateway, netmask) = (call.RequiredText("ipaddress"), call.RequiredText("gateway"), call.RequiredText("netmask"));
        var associated = call.Find("associatednetworkid");
        var list = call.Find("aclid") ?? AclLists.Default(call.State, AclLists.DenyAll);
        Demand(call, vpc, associated, (address, gateway, netmask));
        AclLists.DemandFits(list, vpc);
        var made = call.Create(Class, vpc.Owner);
        made["vpcid"] = vpc.Id;
        made["vpcname"] = vpc.Link("name");
        made["zoneid"] = vpc.Text("zoneid");
        made["zonename"] = vpc.Link("zonename");
        made["ipaddress"] = address;
        made["gateway"] = gateway;
        made["netmask"] = netmask;
        made["vlan"] = associated?.Text("vlan") ?? call.Text("vlan");
        made["associatednetworkid"] = associated?.Id;
        made["associatednetwork"] = associated?.Link("name");
        made["physicalnetworkid"] = (call.Find("physicalnetworkid") ?? PhysicalNetworks.Carrying(call.State, vpc.Text("zoneid")!, TrafficTypes.Guest))?.Id;
        made["sourcenatsupported"] = call.IsSet("sourcenatsupported");
        made["state"] = "Creating";
        AclLists.Assign(made, list);
        return Work.On(made, () =>
        {
            VpcBuilder.Start(call.State, vpc, null);
            made["state"] = "Ready";
        }) with
        {
            Queue = vpc,
            Abandon = () => call.State.Store.Remove(made),
        };
    }

    private static void Demand(CommandCall call, Entity vpc, Entity? associated, (string Own, string Gateway, string Netmask) addresses)
    {
        if (!AddressPool.IsAddress(addresses.Own) || !AddressPool.IsAddress(addresses.Gateway)
            || !AddressPool.TryPrefix(addresses.Netmask, out var prefix))
        {
            throw ApiError.Refused("Invalid ipaddress, gateway or netmask: IPv4 addresses are expected.");
        }

        if (CidrBlock.Read(AddressPool.CidrOf(addresses.Gateway, prefix)) is not { } block || !block.Contains(addresses.Own))
        {
            throw ApiError.Refused($"The address {addresses.Own} and the gateway {addresses.Gateway} aren't in one network.");
        }

        if (associated is null ? call.Text("vlan") is not { Length: > 0 } : call.Has("vlan"))
        {
            throw ApiError.Refused("Please specify either vlan or associatednetworkid: what the gateway leads into.");
        }

        foreach (var other in call.State.Table(Class).Where(other => other.Text("vpcid") == vpc.Id))
        {
            if (other.Text("ipaddress") == addresses.Own && other.Text("vlan") == (associated?.Text("vlan") ?? call.Text("vlan")))
            {
                throw ApiError.Refused($"The address {addresses.Own} is used by another private gateway of the VPC {vpc.Name}.");
            }
        }
    }

    private static Work Delete(CommandCall call)
    {
        var gateway = call.Target("id");
        return Work.Removing(call.State.Store, gateway) with
        {
            Begin = () =>
            {
                var routes = call.State.Table(StaticRoutes.Class).Count(route => route.Text("vpcgatewayid") == gateway.Id);
                if (routes > 0)
                {
                    throw new ApiError(
                        ApiError.Internal, $"Can't delete private gateway {gateway.Text("ipaddress")}: {routes} static routes lead through it.", null);
                }
            },
        };
    }
}
