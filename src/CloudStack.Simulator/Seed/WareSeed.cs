using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Lifecycles.Images;
using CloudStack.Simulator.Lifecycles.Offerings;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Seed;

/// <summary>What machines and networks are made of, by name.</summary>
internal sealed record Wares(
    IReadOnlyDictionary<string, Entity> Sizes,
    IReadOnlyDictionary<string, Entity> Disks,
    IReadOnlyDictionary<string, Entity> Networks,
    IReadOnlyDictionary<string, Entity> Templates);

/// <summary>Offerings and templates.</summary>
internal static class WareSeed
{
    private static readonly string[] IsolatedServices =
        ["Dhcp", "Dns", "UserData", "Firewall", "SourceNat", "StaticNat", "PortForwarding", "Lb", "Vpn"];

    public static Wares Plant(CloudState state, Places places, People people)
    {
        var sizes = new Dictionary<string, Entity>(StringComparer.Ordinal);
        foreach (var (name, cpus, megabytes) in (ReadOnlySpan<(string, int, int)>)
            [("Small", 1, 1024), ("Medium", 2, 4096), ("Large", 4, 8192), ("X-Large", 8, 16_384), ("Memory-Large", 4, 32_768)])
        {
            sizes[name] = OfferingBuilder.CreateService(state, name, $"{cpus} vCPU, {megabytes / 1024} GB", cpus, 2_000, megabytes);
        }

        sizes["Custom"] = OfferingBuilder.CreateService(state, "Custom", "Any size", null, 2_000, null);
        // Clients such as Libcloud read a size in every offering; the smallest stands for any.
        sizes["Custom"]["cpunumber"] = 1L;
        sizes["Custom"]["memory"] = 512L;
        var disks = new Dictionary<string, Entity>(StringComparer.Ordinal);
        foreach (var (name, gigabytes) in (ReadOnlySpan<(string, long)>)[("Disk 20 GB", 20), ("Disk 100 GB", 100), ("Disk 500 GB", 500)])
        {
            disks[name] = OfferingBuilder.CreateDisk(state, name, name, gigabytes);
        }

        disks["Disk custom"] = OfferingBuilder.CreateDisk(state, "Disk custom", "Any size", null);
        return new Wares(sizes, disks, NetworkOfferings(state), Templates(state, places, people));
    }

    private static Dictionary<string, Entity> NetworkOfferings(CloudState state) => new(StringComparer.Ordinal)
    {
        ["Isolated"] = OfferingBuilder.CreateNetwork(
            state, "DefaultIsolatedNetworkOfferingWithSourceNatService", "Isolated network with source NAT", "Isolated", IsolatedServices, "Required"),
        ["Shared"] = OfferingBuilder.CreateNetwork(
            state, "DefaultSharedNetworkOffering", "Shared network", "Shared", ["Dhcp", "Dns", "UserData"], "Optional"),
        ["L2"] = OfferingBuilder.CreateNetwork(state, "DefaultL2NetworkOffering", "Layer 2 network", "L2", [], "Optional"),
    };

    private static Dictionary<string, Entity> Templates(CloudState state, Places places, People people)
    {
        var templates = new Dictionary<string, Entity>(StringComparer.Ordinal);
        var systems = GuestOsSeed.Plant(state);
        var owner = Owner.OfAccount(people.Admin);
        foreach (var (name, os, gigabytes) in (ReadOnlySpan<(string, string, long)>)
            [("Debian 12", "Debian GNU/Linux 12 (64-bit)", 8), ("Ubuntu 24.04", "Ubuntu 24.04 LTS", 10), ("Rocky 9", "Rocky Linux 9", 10)])
        {
            var template = TemplateBuilder.Create(
                state, owner, places.Frankfurt, new NewTemplate(name, $"{name} with cloud-init", "QCOW2") { Hypervisor = "KVM", OsType = systems[os] });
            template["ispublic"] = true;
            template["isfeatured"] = true;
            template["crossZones"] = true;
            TemplateBuilder.MakeReady(template, gigabytes << 30);
            templates[name] = template;
        }

        var iso = TemplateBuilder.Create(
            state, owner, places.Frankfurt,
            new NewTemplate("Debian 12 installer", "Debian 12 network installer", TemplateBuilder.Iso) { OsType = systems["Debian GNU/Linux 12 (64-bit)"] });
        iso["ispublic"] = true;
        iso["bootable"] = true;
        TemplateBuilder.MakeReady(iso, 700L << 20);
        return templates;
    }
}
