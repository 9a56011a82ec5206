using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Compute;

/// <summary>GPU devices of hosts: registered, managed or left alone, taken off.</summary>
internal sealed class GpuDevices : ICommandFamily
{
    public const string Class = "GpuDeviceResponse";
    /// <summary>What a machine has of its offering.</summary>
    public static readonly IReadOnlyList<string> OfferedFields = ["vgpuprofileid", "vgpuprofilename", "gpucardid", "gpucardname", "gpucount"];

    private const string Free = "Free";
    private const string Managed = "Managed";
    private static readonly string[] Types = ["PCI", "MDEV", "VGPUOnly"];

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Read("listGpuDevices", call => Listing.Of(call, Class));
        commands.Read("discoverGpuDevices", call => Answer.List(Of(call.State, call.Target("id"))));
        commands.Do("createGpuDevice", Create);
        commands.Do("updateGpuDevice", Update);
        commands.Do("deleteGpuDevice", Delete);
        commands.Do("manageGpuDevice", call => Manage(call, Managed));
        commands.Do("unmanageGpuDevice", call => Manage(call, "Unmanaged"));
    }

    /// <summary>True where a host has the GPUs that a machine's offering asks for.</summary>
    public static bool Admits(CloudState state, Entity host, Entity machine) =>
        machine.Text("vgpuprofileid") is null || FreeFor(state, host, machine).Count() >= machine.Number("gpucount");

    /// <summary>Gives a machine its GPUs of the host that it was placed on.</summary>
    public static void Assign(CloudState state, Entity host, Entity machine)
    {
        if (machine.Text("vgpuprofileid") is null)
        {
            return;
        }

        foreach (var device in FreeFor(state, host, machine).Take((int)machine.Number("gpucount")).ToList())
        {
            device["state"] = "Allocated";
            device["virtualmachineid"] = machine.Id;
            device["virtualmachinename"] = machine.Link("name");
            device["vmstate"] = machine.Link("state");
        }

        Count(state, host);
    }

    /// <summary>Frees the devices of a machine that stops or goes.</summary>
    public static void Forget(CloudState state, Entity machine)
    {
        if (machine.Text("vgpuprofileid") is null)
        {
            return;
        }

        foreach (var device in state.Table(Class).Where(device => device.Text("virtualmachineid") == machine.Id).ToList())
        {
            foreach (var field in (string[])["virtualmachineid", "virtualmachinename", "vmstate"])
            {
                device[field] = null;
            }

            device["state"] = Free;
            Count(state, state.Store.Find(ResultClass.Host, device.Text("hostid"))!);
        }
    }

    private static IEnumerable<Entity> FreeFor(CloudState state, Entity host, Entity machine) => Of(state, host).Where(device =>
        device.State == Free && device.Text("managedstate") == Managed && device.Text("vgpuprofileid") == machine.Text("vgpuprofileid"));

    private static List<Entity> Of(CloudState state, Entity host) => [.. state.Table(Class).Where(device => device.Text("hostid") == host.Id)];

    private static Answer Create(CommandCall call)
    {
        var host = call.Target("hostid");
        var address = call.RequiredText("busaddress");
        if (Of(call.State, host).Exists(device => device.Text("busaddress") == address))
        {
            throw ApiError.Refused($"The host {host.Name} already has a GPU device at {address}.");
        }

        DemandFitting(call, call.Target("gpucardid").Id, call.Target("vgpuprofileid"));
        DemandParent(call, host.Id, null);
        var device = call.New(Class);
        device["hostid"] = host.Id;
        device["hostname"] = host.Link("name");
        device["busaddress"] = address;
        device["state"] = Free;
        device["managedstate"] = Managed;
        device["gpudevicetype"] = Types[0];
        Describe(call, device);
        call.State.Store.Add(device);
        Count(call.State, host);
        return Answer.Of(device);
    }

    private static Answer Update(CommandCall call)
    {
        var device = call.Target("id");
        DemandFitting(
            call, call.Find("gpucardid")?.Id ?? device.Text("gpucardid"),
            call.Find("vgpuprofileid") ?? call.State.Store.Find(GpuCards.ProfileClass, device.Text("vgpuprofileid")));
        DemandParent(call, device.Text("hostid"), device);
        Describe(call, device);
        return Answer.Of(device);
    }

    private static void DemandFitting(CommandCall call, string? cardId, Entity? profile)
    {
        if (profile is not null && profile.Text("gpucardid") != cardId)
        {
            throw ApiError.Refused($"The vGPU profile {profile.Name} isn't one of the device's card.");
        }

        if (call.Text("type") is { Length: > 0 } type && !Types.Contains(type))
        {
            throw ApiError.Refused($"Invalid type {type}; one of {string.Join(", ", Types)} is valid.");
        }
    }

    private static void DemandParent(CommandCall call, string? hostId, Entity? self)
    {
        if (call.Find("parentgpudeviceid") is { } parent && (parent == self || parent.Text("hostid") != hostId))
        {
            throw ApiError.Refused("The parent of a GPU device has to be another device of the same host.");
        }
    }

    private static void Describe(CommandCall call, Entity device)
    {
        if (call.Find("gpucardid") is { } card)
        {
            device["gpucardid"] = card.Id;
            device["gpucardname"] = card.Link("name");
        }

        if (call.Find("vgpuprofileid") is { } profile)
        {
            device["vgpuprofileid"] = profile.Id;
            device["vgpuprofilename"] = profile.Link("name");
        }

        device["gpudevicetype"] = call.Text("type") ?? device.Text("gpudevicetype");
        call.Apply(device, "numanode", "parentgpudeviceid");
    }

    private static Answer Delete(CommandCall call)
    {
        var devices = Named(call);
        foreach (var device in devices)
        {
            if (call.State.Table(Class).Any(child => child.Text("parentgpudeviceid") == device.Id && !devices.Contains(child)))
            {
                throw ApiError.Refused($"The GPU device at {device.Text("busaddress")} has others under it.");
            }
        }

        foreach (var device in devices)
        {
            call.State.Store.Remove(device);
            if (call.State.Store.Find(ResultClass.Host, device.Text("hostid")) is { } host)
            {
                Count(call.State, host);
            }
        }

        return Answer.Done;
    }

    private static Answer Manage(CommandCall call, string managed)
    {
        foreach (var device in Named(call))
        {
            device["managedstate"] = managed;
        }

        return Answer.Done;
    }

    private static List<Entity> Named(CommandCall call)
    {
        var devices = call.FindAll("ids").Distinct().ToList();
        return devices.Find(device => device.Text("virtualmachineid") is not null) is { } used
            ? throw ApiError.Refused($"The GPU device at {used.Text("busaddress")} is in use by {used.Text("virtualmachinename")}.")
            : devices;
    }

    private static void Count(CloudState state, Entity host)
    {
        var devices = Of(state, host);
        host["gputotal"] = devices.Count == 0 ? null : (long)devices.Count;
        host["gpuused"] = devices.Count == 0 ? null : (long)devices.Count(device => device.State != Free);
    }
}
