using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Lifecycles.Networking.Balancers;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Networking.Vpc;

/// <summary>What makes a network a tier of a VPC.</summary>
internal static class VpcTiers
{
    /// <summary>Checks that a new network can be a tier, in the server's order.</summary>
    /// <exception cref="ApiError">It can't.</exception>
    public static void Demand(CommandCall call, Entity vpc, Entity offering, string? cidr)
    {
        if (vpc.State != VpcBuilder.Enabled)
        {
            throw ApiError.Refused($"Can't make a tier in the VPC {vpc.Name}: its state is {vpc.State}.");
        }

        if (vpc.Text("zoneid") != call.Text("zoneid"))
        {
            throw ApiError.Refused($"The VPC {vpc.Name} isn't in the zone given.");
        }

        DemandFits(call.State.Store.Find(vpc.Text("vpcofferingid")) ?? vpc, offering);
        var block = CidrBlock.Demand(cidr, "gateway and netmask, which a tier needs");
        if (!CidrBlock.Demand(vpc.Text("cidr"), "cidr").Contains(block))
        {
            throw ApiError.Refused($"The network {cidr} isn't within the network {vpc.Text("cidr")} of the VPC {vpc.Name}.");
        }

        foreach (var other in VpcBuilder.TiersOf(call.State, vpc))
        {
            if (CidrBlock.Read(other.Text("cidr"))?.Overlaps(block) == true)
            {
                throw ApiError.Refused($"The network {cidr} overlaps with {other.Text("cidr")} of the tier {other.Name}.");
            }

            if (BalancesOutside(offering) && BalancesOutside(other))
            {
                throw ApiError.Refused($"Only one tier of a VPC can balance load from outside, and {other.Name} does; choose an offering without Lb.");
            }
        }

        AclOf(call, vpc);
    }

    /// <exception cref="ApiError">A network offering asks for more than a VPC of an offering can do.</exception>
    public static void DemandFits(Entity vpcOffering, Entity offering)
    {
        if (!offering.Flag("forvpc"))
        {
            throw ApiError.Refused($"The network offering {offering.Name} isn't one for tiers of VPCs.");
        }

        if (offering.Items("service").FirstOrDefault(service => !GuestNetworks.HasService(vpcOffering, service.Name!)) is { } missing)
        {
            throw ApiError.Refused($"The service {missing.Name} of the network offering {offering.Name} isn't one of the VPC.");
        }
    }

    /// <summary>Makes a network that was checked a tier.</summary>
    public static void Join(CommandCall call, Entity vpc, Entity network)
    {
        network["vpcid"] = vpc.Id;
        network["vpcname"] = vpc.Link("name");
        network["networkdomain"] = vpc.Text("networkdomain");
        AclLists.Assign(network, AclOf(call, vpc));
        vpc.AddItem("network", network);
    }

    /// <summary>Takes a tier out of its VPC's list.</summary>
    public static void Leave(CloudState state, Entity network)
    {
        if (state.Store.Find(network.Text("vpcid")) is { } vpc)
        {
            vpc.RemoveItem("network", network);
        }
    }

    private static bool BalancesOutside(Entity place) => GuestNetworks.HasService(place, "Lb") && !InternalBalancers.ServesOnly(place);

    private static Entity AclOf(CommandCall call, Entity vpc)
    {
        var list = call.Find("aclid") ?? AclLists.Default(call.State, AclLists.DenyAll);
        AclLists.DemandFits(list, vpc);
        return list;
    }
}
