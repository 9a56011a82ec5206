using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Lifecycles.Networking.Vpc;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Networking.Vpn;

/// <summary>The near ends of site-to-site VPNs: one a VPC, on its source NAT address.</summary>
internal sealed class VpnGateways : ICommandFamily
{
    public const string Class = "Site2SiteVpnGatewayResponse";

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Read("listVpnGateways", call => Listing.Of(call, Class));
        commands.Begin("createVpnGateway", Create);
        commands.Begin("updateVpnGateway", Update);
        commands.Begin("deleteVpnGateway", Delete);
    }

    /// <summary>Takes a VPC's gateway away with its connections, if it has one.</summary>
    public static void RemoveOf(CloudState state, Entity vpc)
    {
        foreach (var gateway in state.Table(Class).Where(gateway => gateway.Text("vpcid") == vpc.Id).ToList())
        {
            foreach (var connection in VpnConnections.Of(state, gateway).ToList())
            {
                state.Store.Remove(connection);
            }

            state.Store.Remove(gateway);
        }
    }

    private static Work Create(CommandCall call)
    {
        var vpc = call.Target("vpcid");
        if (call.State.Table(Class).Any(gateway => gateway.Text("vpcid") == vpc.Id))
        {
            throw ApiError.Refused($"The VPC {vpc.Name} has a VPN gateway already.");
        }

        if (!GuestNetworks.HasService(vpc, "Vpn"))
        {
            throw ApiError.Refused($"The VPC {vpc.Name} doesn't offer the service Vpn.");
        }

        var source = call.Find("ipaddressid") ?? VpcBuilder.SourceOf(call.State, vpc)
            ?? throw ApiError.Refused($"The VPC {vpc.Name} has no source NAT address yet; start it first.");
        if (source.Text("vpcid") != vpc.Id)
        {
            throw ApiError.Refused($"The public address {source.Text("ipaddress")} isn't one of the VPC {vpc.Name}.");
        }

        var made = call.Create(Class, vpc.Owner);
        made["vpcid"] = vpc.Id;
        made["vpcname"] = vpc.Link("name");
        made["publicip"] = source.Text("ipaddress");
        made["fordisplay"] = call.Flag("fordisplay") ?? true;
        return new Work(made, () => Answer.Of(made))
        {
            Queue = vpc,
            Abandon = () => call.State.Store.Remove(made),
        };
    }

    private static Work Update(CommandCall call)
    {
        var gateway = call.Target("id");
        return Work.On(gateway, () => call.Apply(gateway, "fordisplay"));
    }

    private static Work Delete(CommandCall call)
    {
        var gateway = call.Target("id");
        return Work.Removing(call.State.Store, gateway) with
        {
            Begin = () =>
            {
                if (VpnConnections.Of(call.State, gateway).Any())
                {
                    throw ApiError.Refused($"Unable to delete the VPN gateway of {gateway.Text("vpcname")}: a VPN connection uses it.");
                }
            },
        };
    }
}
