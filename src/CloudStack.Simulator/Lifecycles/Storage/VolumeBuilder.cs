using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Storage;

/// <summary>Makes volumes and ties them to machines; every other field of the tie is a link.</summary>
internal static class VolumeBuilder
{
    public const long Gigabyte = 1024L * 1024 * 1024;
    public const string Allocated = "Allocated";
    public const string Ready = "Ready";
    private const string Attribute = "volumes";

    /// <summary>Makes a machine's root volume.</summary>
    public static Entity CreateRoot(CloudState state, Entity machine, Entity offering, Entity template, long? gigabytes)
    {
        var volume = New(state, machine.Owner!, state.Store.Find(machine.Text("zoneid")!)!, $"ROOT-{machine.Text("instancename")?.Split('-')[^2]}", "ROOT");
        volume["size"] = gigabytes is { } size ? size * Gigabyte : template.Number("size");
        volume["serviceofferingid"] = offering.Id;
        volume["serviceofferingname"] = offering.Link("name");
        volume["serviceofferingdisplaytext"] = offering.Link("displaytext");
        volume["templateid"] = template.Id;
        volume["templatename"] = template.Link("name");
        volume["templatedisplaytext"] = template.Link("displaytext");
        Attach(state, volume, machine, 0);
        state.Store.Add(volume);
        return volume;
    }

    /// <summary>Makes a data volume of an offering, not yet on any storage.</summary>
    public static Entity CreateData(CloudState state, Owner owner, Entity zone, Entity offering, string name, long? gigabytes, string? id = null)
    {
        var volume = New(state, owner, zone, name, "DATADISK", id);
        SetOffering(volume, offering);
        volume["size"] = (gigabytes ?? offering.Number("disksize")) * Gigabyte;
        state.Store.Add(volume);
        return volume;
    }

    public static void SetOffering(Entity volume, Entity offering)
    {
        volume["diskofferingid"] = offering.Id;
        volume["diskofferingname"] = offering.Link("name");
        volume["diskofferingdisplaytext"] = offering.Link("displaytext");
        volume["provisioningtype"] = offering.Text("provisioningtype") ?? "thin";
    }

    /// <summary>Puts a volume on primary storage.</summary>
    public static void MakeReady(CloudState state, Entity volume)
    {
        if (volume.State != Allocated)
        {
            return;
        }

        var pool = state.Table(ResultClass.StoragePool)
            .FirstOrDefault(p => p.Text("zoneid") == volume.Text("zoneid") && p.State == "Up")
            ?? throw Protocol.ApiError.Exhausted("No primary storage of the zone is up.");
        volume["storageid"] = pool.Id;
        volume["storage"] = pool.Link("name");
        volume["clusterid"] = pool.Text("clusterid");
        volume["clustername"] = pool.Link("clustername");
        volume["podid"] = pool.Text("podid");
        volume["podname"] = pool.Link("podname");
        volume["path"] = volume.Id;
        volume["state"] = Ready;
        AddUsage(state, volume, 1);
    }

    /// <summary>Ties a volume to a machine.</summary>
    public static void Attach(CloudState state, Entity volume, Entity machine, long device)
    {
        volume["virtualmachineid"] = machine.Id;
        volume["vmname"] = machine.Link("name");
        volume["vmdisplayname"] = machine.Link("displayname");
        volume["vmstate"] = machine.Link("state");
        volume["vmtype"] = "User";
        volume["deviceid"] = device;
        volume["attached"] = state.Clock.GetUtcNow();
        volume["hypervisor"] = machine.Text("hypervisor");
        machine.SetAttribute(Attribute, Of(machine).Append(volume).OrderBy(v => v.Number("deviceid")).ToList());
    }

    public static void Detach(CloudState state, Entity volume)
    {
        if (volume.Text("virtualmachineid") is { } id && state.Store.Find(id) is { } machine)
        {
            machine.SetAttribute(Attribute, Of(machine).Where(other => other != volume).ToList());
        }

        foreach (var field in (string[])["virtualmachineid", "vmname", "vmdisplayname", "vmstate", "vmtype", "deviceid", "attached"])
        {
            volume[field] = null;
        }
    }

    /// <summary>Takes a volume out of the cloud; its snapshots stay, its policies don't.</summary>
    public static void Remove(CloudState state, Entity volume)
    {
        Detach(state, volume);
        SnapshotPolicies.Forget(state, volume);
        AddUsage(state, volume, -1);
        state.Store.Remove(volume);
    }

    public static bool IsRoot(Entity volume) => volume.Text("type") == "ROOT";

    /// <summary>A machine's root volume, or null where it was detached.</summary>
    public static Entity? RootOf(Entity machine) => Of(machine).FirstOrDefault(IsRoot);

    /// <summary>A machine's volumes, the root volume first.</summary>
    public static IReadOnlyList<Entity> Of(Entity machine) => machine.Attribute<IReadOnlyList<Entity>>(Attribute) ?? [];

    /// <summary>Counts a volume's size into or out of its storage.</summary>
    public static void AddUsage(CloudState state, Entity volume, int sign)
    {
        if (volume.Text("storageid") is { } id && state.Store.Find(ResultClass.StoragePool, id) is { } pool)
        {
            pool["disksizeallocated"] = pool.Number("disksizeallocated") + (sign * volume.Number("size"));
            pool["disksizeused"] = pool.Number("disksizeallocated") / 3;
        }
    }

    private static Entity New(CloudState state, Owner owner, Entity zone, string name, string type, string? id = null)
    {
        var volume = state.New(ResultClass.Volume, id);
        volume["name"] = name;
        volume["type"] = type;
        volume["state"] = Allocated;
        volume["created"] = state.Clock.GetUtcNow();
        volume["zoneid"] = zone.Id;
        volume["zonename"] = zone.Link("name");
        volume["storagetype"] = "shared";
        volume["provisioningtype"] = "thin";
        volume["isextractable"] = true;
        volume["displayvolume"] = true;
        volume["destroyed"] = false;
        volume["quiescevm"] = false;
        volume["deleteprotection"] = false;
        volume["hypervisor"] = "KVM";
        owner.Claim(volume);
        return volume;
    }
}
