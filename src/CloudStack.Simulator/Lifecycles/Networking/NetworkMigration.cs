using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Lifecycles.Networking.Vpc;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Networking;

/// <summary>An isolated network moves to another offering, with new routers.</summary>
internal sealed class NetworkMigration : ICommandFamily
{
    // What can't go on without a service of the offering.
    private static readonly (string Service, string Class, string Noun)[] Users =
    [
        ("Firewall", ResultClass.Firewall, "firewall rules"),
        ("PortForwarding", ResultClass.FirewallRule, "port forwarding rules"),
        ("Lb", ResultClass.LoadBalancer, "load balancer rules"),
    ];

    public void Register(CommandTable commands, CloudState state) => commands.Begin("migrateNetwork", Migrate);

    private static Work Migrate(CommandCall call)
    {
        var network = call.Target("networkid");
        var offering = call.Target("networkofferingid");
        return Work.On(network, () =>
        {
            GuestNetworks.SetOffering(network, offering);
            if (network.State == GuestNetworks.Implemented && network.Text("vpcid") is null)
            {
                if (GuestNetworks.NeedsRouter(network))
                {
                    VirtualRouters.Rebuild(call.State, network);
                }
                else
                {
                    VirtualRouters.Remove(call.State, network);
                }
            }
        }) with
        {
            Begin = () => Demand(call, network, offering),
        };
    }

    private static void Demand(CommandCall call, Entity network, Entity offering)
    {
        if (network.Text("type") != "Isolated" || offering.Text("guestiptype") != "Isolated")
        {
            throw ApiError.Refused($"Only isolated networks can be migrated, to offerings for isolated networks; {network.Name} is {network.Text("type")}.");
        }

        if (offering.State != "Enabled")
        {
            throw ApiError.Refused($"The network offering {offering.Name} isn't enabled.");
        }

        if (offering.Id == network.Text("networkofferingid") && !call.IsSet("resume"))
        {
            throw ApiError.Refused($"The network {network.Name} is of the offering {offering.Name} already.");
        }

        if (call.State.Store.Find(network.Text("vpcid")) is { } vpc)
        {
            VpcTiers.DemandFits(call.State.Store.Find(vpc.Text("vpcofferingid")) ?? vpc, offering);
        }
        else if (offering.Flag("forvpc"))
        {
            throw ApiError.Refused($"The network offering {offering.Name} is one for tiers of VPCs.");
        }

        foreach (var (service, className, noun) in Users)
        {
            if (!GuestNetworks.HasService(offering, service) && call.State.Table(className).Any(rule => rule.Text("networkid") == network.Id))
            {
                throw ApiError.Refused($"The network {network.Name} has {noun}, and the offering {offering.Name} lacks the service {service}.");
            }
        }
    }
}
