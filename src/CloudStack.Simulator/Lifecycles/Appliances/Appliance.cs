using System.Globalization;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Lifecycles.Compute;
using CloudStack.Simulator.Lifecycles.Infrastructure;
using CloudStack.Simulator.Lifecycles.Networking;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Appliances;

/// <summary>The machines that a cloud runs for itself: virtual routers and system VMs.</summary>
internal static class Appliance
{
    private static readonly string[] Classes = [VirtualRouters.Class, SystemVms.Class];

    /// <summary>The next name of a kind, such as <c>r-8-VM</c>.</summary>
    public static string NextName(EntityTable table, string prefix, int before)
    {
        var last = table.Select(appliance => appliance.Name!.Split('-')).Where(parts => parts.Length == 3)
            .Select(parts => int.Parse(parts[1], CultureInfo.InvariantCulture)).Append(before).Max();
        return string.Create(CultureInfo.InvariantCulture, $"{prefix}-{last + 1}-VM");
    }

    /// <summary>Brings an appliance to a host.</summary>
    /// <exception cref="ApiError">No host can take it.</exception>
    public static void Start(CloudState state, Entity appliance, Entity? host = null)
    {
        if (appliance.State == MachineState.Running && appliance.Text("hostid") is not null)
        {
            return;
        }

        HostLoad.Place(state, appliance, host);
        var place = state.Store.Find(ResultClass.Host, appliance.Text("hostid"))!;
        appliance["podid"] = place.Text("podid");
        appliance["podname"] = place.Link("podname");
        appliance["state"] = MachineState.Running;
        appliance.TrySet("agentstate", "Up");
    }

    /// <summary>Starts an appliance where a host can take it, and leaves it stopped otherwise.</summary>
    public static void TryStart(CloudState state, Entity appliance)
    {
        try
        {
            Start(state, appliance);
        }
        catch (ApiError)
        {
            Stop(state, appliance);
        }
    }

    public static void Stop(CloudState state, Entity appliance)
    {
        HostLoad.Release(state, appliance);
        appliance["state"] = MachineState.Stopped;
        appliance.TrySet("agentstate", "Disconnected");
    }

    /// <summary>Moves a running appliance.</summary>
    public static void Move(CloudState state, Entity appliance, Entity host)
    {
        HostLoad.Release(state, appliance);
        Start(state, appliance, host);
    }

    /// <summary>Takes the appliances off a host that is going: elsewhere, or nowhere where no host can take them.</summary>
    public static void Leave(CloudState state, Entity host)
    {
        foreach (var appliance in Classes.SelectMany(state.Table).Where(appliance => appliance.Text("hostid") == host.Id).ToList())
        {
            HostLoad.Release(state, appliance);
            TryStart(state, appliance);
        }
    }

    /// <summary>Gives an appliance its size.</summary>
    /// <exception cref="ApiError">The offering isn't one for appliances of the kind.</exception>
    public static void SetOffering(Entity appliance, Entity offering, string kind)
    {
        DemandOffering(offering, kind);
        appliance["serviceofferingid"] = offering.Id;
        appliance["serviceofferingname"] = offering.Link("name");
    }

    /// <exception cref="ApiError">The offering isn't one for appliances of the kind.</exception>
    public static void DemandOffering(Entity offering, string kind)
    {
        if (!offering.Flag("issystem") || (offering.Text("systemvmtype") is { } made && !made.Equals(kind, StringComparison.OrdinalIgnoreCase)))
        {
            throw ApiError.Refused($"The service offering {offering.Name} isn't one for a {kind}.");
        }
    }
}
