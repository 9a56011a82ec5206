using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Lifecycles.Networking;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Storage;

/// <summary>Makes shared file systems: a data volume that a machine of the cloud's own gives out on a guest network.</summary>
internal static class SharedFileSystemBuilder
{
    public const string Class = "SharedFSResponse";

    /// <summary>What the volume shows as the kind of its machine.</summary>
    public const string MachineType = "sharedfsvm";

    public static Entity Create(CloudState state, Entity entity, Entity network, Entity offering, Entity diskOffering, long gigabytes)
    {
        var zone = state.Store.Find(network.Text("zoneid"))!;
        entity["zoneid"] = zone.Id;
        entity["zonename"] = zone.Link("name");
        entity["networkid"] = network.Id;
        entity["networkname"] = network.Link("name");
        entity["provider"] = "SHAREDFSVM";
        entity["iscustomdiskoffering"] = diskOffering.Flag("iscustomized");
        SetOffering(entity, offering);
        var volume = VolumeBuilder.CreateData(state, entity.Owner!, zone, diskOffering, $"{entity.Name}-data", gigabytes);
        entity["volumeid"] = volume.Id;
        entity["volumename"] = volume.Link("name");
        volume["virtualmachineid"] = entity.Id;
        volume["vmname"] = entity.Link("name");
        volume["vmstate"] = entity.Link("state");
        volume["vmtype"] = MachineType;
        volume["deviceid"] = 1L;
        ShowSize(entity, volume);
        return entity;
    }

    public static void SetOffering(Entity entity, Entity offering)
    {
        entity["serviceofferingid"] = offering.Id;
        entity["serviceofferingname"] = offering.Link("name");
    }

    /// <summary>Puts the volume on storage and the machine on its network.</summary>
    public static void Deploy(CloudState state, Entity entity)
    {
        var volume = VolumeOf(state, entity);
        VolumeBuilder.MakeReady(state, volume);
        entity["storageid"] = volume.Text("storageid");
        entity["storage"] = volume.Link("storage");
        var network = state.Store.Find(entity.Text("networkid"))!;
        GuestNetworks.AddNic(state, entity, network, null, null);
        GuestNetworks.Implement(state, network);
        entity["path"] = $"{entity.Items("nic")[0].Text("ipaddress")}:/export";
    }

    public static Entity VolumeOf(CloudState state, Entity entity) => state.Store.Find(entity.Text("volumeid"))!;

    public static void ShowSize(Entity entity, Entity volume)
    {
        entity["diskofferingid"] = volume.Text("diskofferingid");
        entity["diskofferingname"] = volume.Link("diskofferingname");
        entity["diskofferingdisplaytext"] = volume.Link("diskofferingdisplaytext");
        entity["provisioningtype"] = volume.Text("provisioningtype");
        entity["size"] = volume.Link("size");
        entity["sizegb"] = FormattableString.Invariant($"{volume.Number("size") / (double)VolumeBuilder.Gigabyte:0.00} GB");
        entity["virtualsize"] = volume.Link("size");
    }

    /// <summary>Takes it away with its volume and its place on the network.</summary>
    public static void Remove(CloudState state, Entity entity)
    {
        foreach (var nic in entity.Items("nic").ToList())
        {
            GuestNetworks.RemoveNic(state, entity, nic);
        }

        if (state.Store.Find(ResultClass.Volume, entity.Text("volumeid")) is { } volume)
        {
            VolumeBuilder.Remove(state, volume);
        }

        state.Store.Remove(entity);
    }
}
