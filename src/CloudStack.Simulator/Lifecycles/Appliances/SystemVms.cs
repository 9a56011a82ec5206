using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Lifecycles.Compute;
using CloudStack.Simulator.Lifecycles.Infrastructure;
using CloudStack.Simulator.Lifecycles.Networking;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Appliances;

/// <summary>Console proxies and secondary storage VMs. A cloud makes a new one in place of one that was destroyed.</summary>
internal sealed class SystemVms : ICommandFamily
{
    public const string Class = "SystemVmResponse";
    private static readonly TimeSpan Absence = TimeSpan.FromSeconds(30);

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Read("listSystemVms", call => Listing.Of(call, Class, null, "storageid"));
        commands.Begin("startSystemVm", call => On(call, machine => Appliance.Start(call.State, machine)));
        commands.Begin("stopSystemVm", call => On(call, machine => Appliance.Stop(call.State, machine)));
        // One that doesn't run is simply started.
        commands.Begin("rebootSystemVm", call => On(call, machine => Appliance.Start(call.State, machine)));
        commands.Begin("destroySystemVm", call => On(call, machine => Destroy(call.State, machine)));
        commands.Begin("migrateSystemVm", Migrate);
        commands.Begin("scaleSystemVm", Scale);
        commands.Do("changeServiceForSystemVm", Resize);
        commands.Begin("patchSystemVm", Patch);
    }

    /// <summary>Makes a system VM of a zone.</summary>
    /// <param name="state">The cloud.</param>
    /// <param name="zone">The zone.</param>
    /// <param name="pod">Its pod.</param>
    /// <param name="kind"><c>consoleproxy</c> or <c>secondarystoragevm</c>.</param>
    public static Entity Create(CloudState state, Entity zone, Entity pod, string kind)
    {
        var machine = state.New(Class);
        machine["name"] = Appliance.NextName(state.Table(Class), kind == "consoleproxy" ? "v" : "s", 0);
        machine["systemvmtype"] = kind;
        machine["zoneid"] = zone.Id;
        machine["zonename"] = zone.Link("name");
        machine["podid"] = pod.Id;
        machine["podname"] = pod.Link("name");
        machine["created"] = state.Clock.GetUtcNow();
        machine["hypervisor"] = "KVM";
        machine["version"] = state.Options.ServerVersion;
        SystemOfferings.Assign(state, machine, kind);
        state.Store.Add(machine);
        Appliance.TryStart(state, machine);
        return machine;
    }

    private static Work On(CommandCall call, Action<Entity> change)
    {
        var machine = Target(call, "id");
        return Work.On(machine, () => change(machine));
    }

    private static void Destroy(CloudState state, Entity machine)
    {
        Appliance.Stop(state, machine);
        state.Store.Remove(machine);
        state.Timeline.At(state.Clock.GetUtcNow() + Absence, () =>
        {
            if (state.Store.Find(ResultClass.Zone, machine.Text("zoneid")) is { } zone
                && state.Store.Find(ResultClass.Pod, machine.Text("podid")) is { } pod)
            {
                Create(state, zone, pod, machine.Text("systemvmtype")!);
            }
        });
    }

    private static Work Migrate(CommandCall call)
    {
        var machine = Target(call, "virtualmachineid");
        var (host, pool) = (call.Find("hostid"), call.Find("storageid"));
        if (host is not null && pool is not null)
        {
            throw ApiError.Refused("Please specify only one of hostid and storageid.");
        }

        if (host is null && pool is null && !call.IsSet("autoselect"))
        {
            throw ApiError.Refused("Please specify hostid or storageid, or autoselect=true.");
        }

        Entity? target = null;
        return Work.On(machine, () =>
        {
            if (target is not null)
            {
                Appliance.Move(call.State, machine, target);
            }
        }) with
        {
            Begin = () =>
            {
                if (pool is not null)
                {
                    DemandState(machine, "move to other storage", MachineState.Stopped);
                    return;
                }

                DemandState(machine, "migrate", MachineState.Running);
                target = call.State.Table(ResultClass.Host).FirstOrDefault(candidate => (host is null || candidate == host)
                        && candidate.Id != machine.Text("hostid") && HostLoad.CanTake(candidate, machine))
                    ?? throw ApiError.Refused(
                        $"Unable to migrate the system VM {machine.Name} to {host?.Name ?? "any other host"}: "
                        + "no such host is up, in its zone and isn't its own.");
                machine["state"] = MachineState.Migrating;
            },
        };
    }

    private static Work Scale(CommandCall call)
    {
        var machine = Target(call, "id");
        var offering = call.Target("serviceofferingid");
        Appliance.DemandOffering(offering, machine.Text("systemvmtype")!);
        return Work.On(machine, () => Appliance.SetOffering(machine, offering, machine.Text("systemvmtype")!)) with
        {
            Begin = () => DemandState(machine, "scale", MachineState.Running, MachineState.Stopped),
        };
    }

    private static Answer Resize(CommandCall call)
    {
        var machine = Target(call, "id");
        DemandState(machine, "resize", MachineState.Stopped);
        Appliance.SetOffering(machine, call.Target("serviceofferingid"), machine.Text("systemvmtype")!);
        return Answer.Of(machine);
    }

    private static Work Patch(CommandCall call)
    {
        var machine = call.Target("id");
        return new Work(machine, () =>
        {
            if (machine.Class.Name == VirtualRouters.Class)
            {
                VirtualRouters.SetVersion(machine, call.State.Options.ServerVersion, isCurrent: true);
            }
            else
            {
                machine["version"] = call.State.Options.ServerVersion;
            }

            return Answer.Done;
        })
        {
            Begin = () => DemandState(machine, "patch", MachineState.Running),
        };
    }

    private static void DemandState(Entity machine, string verb, params string[] states)
    {
        if (!states.Contains(machine.State))
        {
            throw ApiError.Refused($"Unable to {verb} the system VM {machine.Name}: it is {machine.State}, not {string.Join(" or ", states)}.");
        }
    }

    private static Entity Target(CommandCall call, string name)
    {
        var machine = call.Target(name);
        return machine.Class.Name == Class ? machine : throw ApiError.NoEntity(call.Command.Name, name, machine.Id);
    }
}
