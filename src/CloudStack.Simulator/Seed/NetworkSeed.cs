using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Lifecycles.Appliances;
using CloudStack.Simulator.Lifecycles.Networking;
using CloudStack.Simulator.Lifecycles.Networking.Physical;
using CloudStack.Simulator.Lifecycles.Networking.Vpc;
using CloudStack.Simulator.Lifecycles.Offerings;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Seed;

/// <summary>A VPC with two tiers that wait for their first machines, and what every cloud has to make more of them.</summary>
internal static class NetworkSeed
{
    private static readonly string[] Office = ["192.0.2.0/24"];

    public static void Plant(CloudState state, People people, Places places)
    {
        SystemOfferings.Plant(state);
        // One router waits for its upgrade, so that there is something to find.
        VirtualRouters.SetVersion(
            state.Table(VirtualRouters.Class).First(router => router.Text("zoneid") == places.Amsterdam.Id), "4.21.0.0", isCurrent: false);
        VpcOfferings.PlantDefaults(state);
        AclLists.PlantDefaults(state);
        var balanced = Tier(state, "DefaultIsolatedNetworkOfferingForVpcNetworks", "Tier of a VPC", ["Lb"]);
        var plain = Tier(state, "DefaultIsolatedNetworkOfferingForVpcNetworksNoLB", "Tier of a VPC without load balancing", []);
        var dana = People.UserOf(people.Data);
        var vpc = SeedCall.Run(
            state, dana, "createVPC",
            ("name", "data-vpc"), ("displaytext", "Warehouse and its loaders"), ("cidr", "10.20.0.0/16"), ("zoneid", places.Frankfurt.Id),
            ("vpcofferingid", state.Table(VpcOfferings.Class).First().Id), ("start", false));
        var list = SeedCall.Run(
            state, dana, "createNetworkACLList", ("name", "loaders-acl"), ("description", "SSH from the office"), ("vpcid", vpc.Id));
        SeedCall.Run(
            state, dana, "createNetworkACL",
            ("aclid", list.Id), ("protocol", "tcp"), ("startport", 22L), ("endport", 22L), ("cidrlist", Office));
        foreach (var (name, offering, gateway, acl) in (ReadOnlySpan<(string, Entity, string, Entity)>)
        [
            ("data-loaders", balanced, "10.20.1.1", list),
            ("data-warehouse", plain, "10.20.2.1", AclLists.Default(state, AclLists.DenyAll)),
        ])
        {
            SeedCall.Run(
                state, dana, "createNetwork",
                ("name", name), ("zoneid", places.Frankfurt.Id), ("networkofferingid", offering.Id), ("vpcid", vpc.Id),
                ("gateway", gateway), ("netmask", "255.255.255.0"), ("aclid", acl.Id));
        }
    }

    private static Entity Tier(CloudState state, string name, string text, IReadOnlyList<string> more)
    {
        var offering = OfferingBuilder.CreateNetwork(
            state, name, text, "Isolated",
            ["Dhcp", "Dns", "UserData", "SourceNat", "StaticNat", "PortForwarding", "NetworkACL", "Vpn", .. more], "Optional");
        offering["forvpc"] = true;
        offering["service"] = offering.Items("service").Select(service => OfferingBuilder.Service(state, service.Name!, NetworkElement.VpcRouter)).ToList();
        return offering;
    }
}
