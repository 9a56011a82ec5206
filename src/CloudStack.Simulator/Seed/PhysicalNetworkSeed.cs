using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Lifecycles.Infrastructure;
using CloudStack.Simulator.Lifecycles.Networking.Physical;

namespace CloudStack.Simulator.Seed;

/// <summary>What the seeded physical networks carry and who provides services on them; and the cloud's own region.</summary>
internal static class PhysicalNetworkSeed
{
    private static readonly (string Type, string Bridge)[] Traffic =
        [("Management", "cloudbr0"), ("Public", "cloudbr1"), (TrafficTypes.Guest, "cloudbr1")];

    private static readonly string[] Enabled = [NetworkElement.Router, NetworkElement.VpcRouter, NetworkElement.InternalBalancer, "ConfigDrive"];

    public static void Plant(CloudState state)
    {
        foreach (var physical in state.Table(PhysicalNetworks.Class))
        {
            foreach (var (type, bridge) in Traffic)
            {
                TrafficTypes.Add(state, physical, type)["kvmnetworklabel"] = bridge;
            }

            ServiceProviders.AddUsual(state, physical);
            foreach (var provider in ServiceProviders.On(state, physical).Where(provider => Enabled.Contains(provider.Name)))
            {
                provider["state"] = ServiceProviders.Enabled;
                foreach (var element in ServiceProviders.SwitchesOf(state, provider))
                {
                    element["enabled"] = true;
                }
            }
        }

        Regions.PlantOwn(state);
    }
}
