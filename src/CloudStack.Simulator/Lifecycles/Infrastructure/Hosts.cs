using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Lifecycles.Appliances;
using CloudStack.Simulator.Lifecycles.Compute;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Infrastructure;

/// <summary>Hosts: added, taken into maintenance with their machines moved away, deleted.</summary>
internal sealed class Hosts : ICommandFamily
{
    private const string Maintenance = "Maintenance";

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Read("listHosts", call => Listing.Of(call, ResultClass.Host, null, "virtualmachineid"));
        commands.Do("addHost", Add);
        commands.Do("updateHost", Update);
        commands.Do("deleteHost", Delete);
        commands.Begin("prepareHostForMaintenance", Prepare);
        commands.Begin("cancelHostMaintenance", Cancel);
        commands.Begin("reconnectHost", Reconnect);
    }

    private static Answer Add(CommandCall call)
    {
        var cluster = call.Find("clusterid") ?? throw ApiError.Refused("Please specify clusterid: the simulator makes no cluster by the way.");
        var url = call.RequiredText("url");
        var address = Uri.TryCreate(url, UriKind.Absolute, out var parsed) ? parsed.Host : url;
        if (cluster.Text("podid") != call.Target("podid").Id)
        {
            throw ApiError.Refused($"The cluster {cluster.Name} isn't in the pod given.");
        }

        if (call.State.Table(ResultClass.Host).Any(h => h.Text("ipaddress") == address))
        {
            throw ApiError.Refused($"A host with the address {address} is there already.");
        }

        var host = InfrastructureBuilder.CreateHost(call.State, cluster, address, address);
        host["hosttags"] = call.Texts("hosttags") is { Count: > 0 } tags ? string.Join(',', tags) : null;
        return Answer.List([host]);
    }

    private static Answer Update(CommandCall call)
    {
        var host = call.Target("id");
        if (call.Text("allocationstate") is { } wanted)
        {
            host["resourcestate"] = wanted switch
            {
                "Enable" => "Enabled",
                "Disable" => "Disabled",
                _ => throw ApiError.BadValue(call.Command.Name, "allocationstate", wanted),
            };
        }

        call.Apply(host, "name", "annotation");
        if (call.Texts("hosttags") is { Count: > 0 } tags)
        {
            host["hosttags"] = string.Join(',', tags);
        }

        return Answer.Of(host);
    }

    private static Answer Delete(CommandCall call)
    {
        var host = call.Target("id");
        var machines = MachinesOn(call.State, host);
        if (machines.Count > 0 && !call.IsSet("forced"))
        {
            throw ApiError.StillInUse($"The host {host.Name} can't be deleted: {machines.Count} virtual machines run on it.");
        }

        if (host.Text("resourcestate") != Maintenance && !call.IsSet("forced"))
        {
            throw ApiError.Refused($"The host {host.Name} must be in maintenance before it's deleted, or the deletion be forced.");
        }

        foreach (var machine in machines)
        {
            MachineBuilder.Stop(call.State, machine);
        }

        HostTies.Cut(call.State, host);
        call.State.Store.Remove(host);
        Appliance.Leave(call.State, host);
        return Answer.Done;
    }

    private static Work Prepare(CommandCall call)
    {
        var host = call.Target("id");
        return Work.On(host, () =>
        {
            foreach (var machine in MachinesOn(call.State, host))
            {
                MoveAway(call.State, machine);
            }

            Appliance.Leave(call.State, host);
            host["resourcestate"] = Maintenance;
        }) with
        {
            Begin = () =>
            {
                if (host.Text("resourcestate") != "Enabled")
                {
                    throw ApiError.Refused($"The host {host.Name} is in resource state {host.Text("resourcestate")}; it must be Enabled.");
                }

                host["resourcestate"] = "PrepareForMaintenance";
            },
        };
    }

    /// <summary>Moves a machine to any other host with room, or stops it.</summary>
    public static void MoveAway(CloudState state, Entity machine)
    {
        HostLoad.Release(state, machine);
        try
        {
            HostLoad.Place(state, machine, null);
        }
        catch (ApiError)
        {
            // With no room elsewhere the server stops a machine rather than keep the host from its maintenance.
            MachineBuilder.Enter(state, machine, MachineState.Stopped);
        }
    }

    private static Work Cancel(CommandCall call)
    {
        var host = call.Target("id");
        return Work.On(host, () => host["resourcestate"] = "Enabled") with
        {
            Begin = () =>
            {
                if (host.Text("resourcestate") is not (Maintenance or "PrepareForMaintenance" or "ErrorInMaintenance"))
                {
                    throw ApiError.Refused($"The host {host.Name} isn't in maintenance but {host.Text("resourcestate")}.");
                }
            },
        };
    }

    private static Work Reconnect(CommandCall call)
    {
        var host = call.Target("id");
        return Work.On(host, () =>
        {
            host["state"] = "Up";
            host["disconnected"] = null;
            host["lastpinged"] = call.State.Clock.GetUtcNow();
        }) with
        {
            Begin = () =>
            {
                if (HostPower.IsOff(call.State, host))
                {
                    throw ApiError.Refused($"The host {host.Name} can't be reconnected: its power is off.");
                }
            },
        };
    }

    public static List<Entity> MachinesOn(CloudState state, Entity host) =>
        [.. state.Table(ResultClass.VirtualMachine).Where(machine => machine.Text("hostid") == host.Id)];
}
