using System.Globalization;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Lifecycles.Infrastructure;
using CloudStack.Simulator.Lifecycles.Networking;
using CloudStack.Simulator.Lifecycles.Storage;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Compute;

/// <summary>What a new machine is made of; everything was checked before.</summary>
internal sealed record MachinePlan(Owner Owner, Entity Zone, Entity Offering, Entity Template, Entity User, string Name)
{
    public string? DisplayName { get; init; }

    public string? Id { get; init; }

    public IReadOnlyList<NetworkWish> Networks { get; init; } = [];

    public long? RootGigabytes { get; init; }

    /// <summary>CPUs, MHz and MB that a custom offering leaves open.</summary>
    public MachineSize? Size { get; init; }
}

/// <summary>A network to plug into, with the address and MAC wished for.</summary>
internal sealed record NetworkWish(Entity Network, string? Address = null, string? Mac = null);

/// <summary>A machine's size.</summary>
internal readonly record struct MachineSize(long Cpus, long Megahertz, long Megabytes);

/// <summary>Makes machines, starts and stops them, and takes them away, with their volumes and nics.</summary>
internal static class MachineBuilder
{
    private const string CounterAttribute = "instances";
    private const string OfferingAttribute = "offering";

    /// <summary>Makes a stopped machine with its root volume and nics.</summary>
    public static Entity Create(CloudState state, MachinePlan plan)
    {
        var machine = state.New(ResultClass.VirtualMachine, plan.Id);
        machine["name"] = plan.Name;
        machine["displayname"] = plan.DisplayName ?? plan.Name;
        machine["state"] = MachineState.Stopped;
        machine["created"] = state.Clock.GetUtcNow();
        machine["zoneid"] = plan.Zone.Id;
        machine["zonename"] = plan.Zone.Link("name");
        machine["userid"] = plan.User.Id;
        machine["username"] = plan.User.Link("username");
        machine["instancename"] = NextInstanceName(plan.Owner);
        machine["haenable"] = plan.Offering.Flag("offerha");
        machine["hypervisor"] = plan.Template.Text("hypervisor") ?? "KVM";
        machine["rootdeviceid"] = 0L;
        machine["rootdevicetype"] = "ROOT";
        machine["displayvm"] = true;
        machine["deleteprotection"] = false;
        machine["vmtype"] = "User";
        machine["pooltype"] = "NetworkFilesystem";
        machine["securitygroup"] = new List<Entity>();
        machine["affinitygroup"] = new List<Entity>();
        SetTemplate(machine, plan.Template);
        SetOffering(machine, plan.Offering, plan.Size);
        plan.Owner.Claim(machine);
        state.Store.Add(machine);
        VolumeBuilder.CreateRoot(state, machine, plan.Offering, plan.Template, plan.RootGigabytes);
        foreach (var wish in plan.Networks)
        {
            GuestNetworks.AddNic(state, machine, wish.Network, wish.Address, wish.Mac);
        }

        return machine;
    }

    public static void SetTemplate(Entity machine, Entity template)
    {
        machine["templateid"] = template.Id;
        machine["templatename"] = template.Link("name");
        machine["templatedisplaytext"] = template.Link("displaytext");
        machine["templatetype"] = template.Text("templatetype");
        machine["templateformat"] = template.Text("format");
        machine["ostypeid"] = template.Text("ostypeid");
        machine["guestosid"] = template.Text("ostypeid");
        machine["osdisplayname"] = template.Text("ostypename");
        machine["passwordenabled"] = template.Flag("passwordenabled");
        machine["isdynamicallyscalable"] = template.Flag("isdynamicallyscalable");
    }

    /// <summary>The machine's offering, also when the offering itself was deleted meanwhile.</summary>
    public static Entity OfferingOf(Entity machine) => machine.Attribute<Entity>(OfferingAttribute)!;

    public static void SetOffering(Entity machine, Entity offering, MachineSize? size)
    {
        machine.SetAttribute(OfferingAttribute, offering);
        machine["serviceofferingid"] = offering.Id;
        machine["serviceofferingname"] = offering.Link("name");
        machine["cpunumber"] = size?.Cpus ?? offering.Number("cpunumber");
        machine["cpuspeed"] = size?.Megahertz ?? offering.Number("cpuspeed");
        machine["memory"] = size?.Megabytes ?? offering.Number("memory");
        foreach (var field in GpuDevices.OfferedFields)
        {
            machine[field] = offering[field];
        }
    }

    /// <summary>Brings a machine to its host, its network to life and its volumes onto storage.</summary>
    public static void Start(CloudState state, Entity machine, Entity? host = null)
    {
        HostLoad.Place(state, machine, host);
        try
        {
            Furnish(state, machine);
        }
        catch (Protocol.ApiError)
        {
            HostLoad.Release(state, machine);
            throw;
        }

        Enter(state, machine, MachineState.Running);
        MachineMetrics.Follow(state, machine);
    }

    public static void Stop(CloudState state, Entity machine)
    {
        HostLoad.Release(state, machine);
        Enter(state, machine, MachineState.Stopped);
        MachineMetrics.Clear(machine);
    }

    /// <summary>Takes a machine out of the cloud with its root volume and nics; data volumes stay, detached.</summary>
    public static void Remove(CloudState state, Entity machine)
    {
        HostLoad.Release(state, machine);
        MachineTies.Cut(state, machine);
        foreach (var nic in machine.Items("nic").ToList())
        {
            GuestNetworks.RemoveNic(state, machine, nic);
        }

        foreach (var volume in VolumeBuilder.Of(machine).ToList())
        {
            if (VolumeBuilder.IsRoot(volume))
            {
                VolumeBuilder.Remove(state, volume);
            }
            else
            {
                VolumeBuilder.Detach(state, volume);
            }
        }

        state.Store.Remove(machine);
    }

    public static void Enter(CloudState state, Entity machine, string newState)
    {
        state.Usage.StoppedRunning(machine);
        machine["state"] = newState;
        machine["lastupdated"] = state.Clock.GetUtcNow();
    }

    private static void Furnish(CloudState state, Entity machine)
    {
        foreach (var nic in machine.Items("nic"))
        {
            GuestNetworks.Implement(state, state.Store.Find(nic.Text("networkid")!)!);
        }

        foreach (var volume in VolumeBuilder.Of(machine))
        {
            VolumeBuilder.MakeReady(state, volume);
        }
    }

    private static string NextInstanceName(Owner owner)
    {
        var counter = owner.Holder.Attribute<Counter>(CounterAttribute);
        if (counter is null)
        {
            owner.Holder.SetAttribute(CounterAttribute, counter = new Counter());
        }

        return string.Create(CultureInfo.InvariantCulture, $"i-{owner.Domain.Number("level") + 2}-{++counter.Value}-VM");
    }

    private sealed class Counter
    {
        public int Value { get; set; }
    }
}
