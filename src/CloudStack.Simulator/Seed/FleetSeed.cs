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

    // As much as a real machine carries, so that a machine of the fleet has about the 3 KB that real ones have.
    private static readonly Dictionary<string, string> Details = new(StringComparer.Ordinal)
    {
        ["rootDiskController"] = "virtio",
        ["dataDiskController"] = "virtio",
        ["nicAdapter"] = "virtio",
        ["cpuOvercommitRatio"] = "4.0",
        ["memoryOvercommitRatio"] = "1.0",
        ["Message.ReservedCapacityFreed.Flag"] = "false",
        ["SSH.PublicKey"] = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExampleKeyOfTheSimulatorOpensNothing fleet@cloud.example",
        ["iothreads"] = "true",
        ["io.policy"] = "io_uring",
        ["keyboard"] = "de",
        ["guest.cpu.mode"] = "host-model",
        ["configurationId"] = "fleet-standard",
    };

    private static readonly string UserData = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(
        """
        #cloud-config
        timezone: Etc/UTC
        package_update: true
        packages: [chrony, qemu-guest-agent, prometheus-node-exporter, unattended-upgrades]
        users:
          - name: fleet
            groups: [adm, sudo]
            shell: /bin/bash
        write_files:
          - path: /etc/motd
            content: This machine belongs to the fleet. Changes are made by the pipeline only.
        """));

    public static void Plant(CloudState state, People people, Places places, Wares wares)
    {
        var missing = state.Options.MachineCount - state.Table(ResultClass.VirtualMachine).Count;
        if (missing <= 0)
        {
            return;
        }

        var owner = Owner.OfAccount(people.Admin);
        var network = GuestNetworks.Create(state, owner, places.Frankfurt, wares.Networks["Isolated"], "fleet-net", "10.64.0.0/14");
        // Hosts in turn: looking for the emptiest one for each machine takes minutes for a large fleet.
        var hosts = state.Table(ResultClass.Host).Where(host => host.Text("zoneid") == places.Frankfurt.Id).ToList();
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
            machine["userdata"] = UserData;
            if (i % 10 != 0)
            {
                MachineBuilder.Start(state, machine, hosts[i % hosts.Count]);
            }
        }
    }
}
