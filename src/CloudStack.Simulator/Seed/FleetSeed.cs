using System.Globalization;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Lifecycles.Compute;
using CloudStack.Simulator.Lifecycles.Networking;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Seed;

/// <summary>As many further machines as the options ask for, so that lists of any length can be tried.</summary>
internal static class FleetSeed
{
    private static readonly string[] Sizes = ["Small", "Medium", "Large"];
    private static readonly string[] Templates = ["Debian 12", "Ubuntu 24.04", "Rocky 9"];

    private static readonly Dictionary<string, string> Details = new(StringComparer.Ordinal)
    {
        ["rootDiskController"] = "virtio",
        ["nicAdapter"] = "virtio",
        ["cpuOvercommitRatio"] = "4.0",
        ["memoryOvercommitRatio"] = "1.0",
    };

    public static void Plant(CloudState state, People people, Places places, Wares wares)
    {
        var missing = state.Options.MachineCount - state.Table(ResultClass.VirtualMachine).Count;
        if (missing <= 0)
        {
            return;
        }

        var owner = Owner.OfAccount(people.Admin);
        var network = GuestNetworks.Create(state, owner, places.Frankfurt, wares.Networks["Isolated"], "fleet-net", "10.64.0.0/14");
        for (var i = 1; i <= missing; i++)
        {
            var plan = new MachinePlan(
                owner,
                places.Frankfurt,
                wares.Sizes[Sizes[i % Sizes.Length]],
                wares.Templates[Templates[i % Templates.Length]],
                People.UserOf(people.Admin),
                string.Create(CultureInfo.InvariantCulture, $"fleet-{i:00000}"))
            {
                DisplayName = string.Create(CultureInfo.InvariantCulture, $"Fleet machine {i}"),
                Networks = [new NetworkWish(network)],
            };
            var machine = MachineBuilder.Create(state, plan);
            machine["details"] = Details;
            if (i % 10 != 0)
            {
                MachineBuilder.Start(state, machine);
            }
        }
    }
}
