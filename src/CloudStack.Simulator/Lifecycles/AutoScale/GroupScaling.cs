using System.Globalization;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Identity;
using CloudStack.Simulator.Lifecycles.Access.Limits;
using CloudStack.Simulator.Lifecycles.Compute;
using CloudStack.Simulator.Lifecycles.Networking;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.AutoScale;

/// <summary>
/// Looks at an enabled group once an interval of the cloud's clock: keeps it between its bounds, and adds or removes one
/// machine where the figures of its running machines meet a policy long enough.
/// </summary>
internal sealed class GroupScaling
{
    private const string Watcher = "watcher";
    private readonly CloudState _state;
    private readonly Entity _group;
    private readonly Caller _caller;
    private readonly Dictionary<Entity, DateTimeOffset> _metSince = [];
    private readonly Dictionary<Entity, DateTimeOffset> _quietUntil = [];

    private GroupScaling(CloudState state, Entity group, Caller caller)
    {
        _state = state;
        _group = group;
        _caller = caller;
    }

    /// <summary>The machines of a group.</summary>
    public static List<Entity> MembersOf(CloudState state, Entity group) =>
        state.Store.Find(group.Text("lbruleid")) is { } rule ? [.. LoadBalancers.MachinesOf(rule)] : [];

    /// <summary>Begins to look after a group, at once and then once an interval.</summary>
    public static void Watch(CloudState state, Entity group, Caller caller)
    {
        var scaling = new GroupScaling(state, group, caller);
        group.SetAttribute(Watcher, scaling);
        state.Timeline.At(state.Clock.GetUtcNow(), scaling.Look);
    }

    // A group that was disabled and enabled again has a new watcher; the old one ends here.
    private void Look()
    {
        if (_group.Table is null || _group.State != AutoScaleGroups.Enabled || _group.Attribute<GroupScaling>(Watcher) != this)
        {
            return;
        }

        var members = MembersOf(_state, _group).Where(machine => machine.State == MachineState.Running).ToList();
        if (members.Count < _group.Number("minmembers"))
        {
            while (members.Count < _group.Number("minmembers") && TryAdd() is { } added)
            {
                members.Add(added);
            }
        }
        else if (members.Count > _group.Number("maxmembers"))
        {
            RemoveLast(members);
        }
        else
        {
            Follow(members);
        }

        _state.Timeline.At(_state.Clock.GetUtcNow().AddSeconds(_group.Number("interval")), Look);
    }

    private void Follow(List<Entity> members)
    {
        var due = AutoScaleGroups.PoliciesOf(_group).Where(policy => IsDue(policy, members)).ToList();
        foreach (var policy in due)
        {
            var isUp = policy.Text("action") == AutoScalePolicies.ScaleUp;
            if (isUp ? members.Count < _group.Number("maxmembers") && TryAdd() is not null : TryShrink(members))
            {
                _quietUntil[policy] = _state.Clock.GetUtcNow().AddSeconds(policy.Number("quiettime"));
                _metSince.Clear();
                return;
            }
        }
    }

    private bool TryShrink(List<Entity> members)
    {
        if (members.Count <= _group.Number("minmembers"))
        {
            return false;
        }

        RemoveLast(members);
        return true;
    }

    private bool IsDue(Entity policy, List<Entity> members)
    {
        var now = _state.Clock.GetUtcNow();
        if (members.Count == 0 || !policy.Items("conditions").All(condition => IsMet(condition, members)))
        {
            _metSince.Remove(policy);
            return false;
        }

        _metSince.TryAdd(policy, now);
        return now - _metSince[policy] >= TimeSpan.FromSeconds(policy.Number("duration"))
            && (!_quietUntil.TryGetValue(policy, out var until) || until <= now);
    }

    // Only what machines show can be measured: their processors and their memory, each on average.
    private static bool IsMet(Entity condition, List<Entity> members) =>
        (condition[AutoScaleCounters.CounterOf] as Entity)?.Text("source") switch
        {
            "cpu" => AutoScaleCounters.IsMet(condition, members.Average(CpuOf)),
            "memory" => AutoScaleCounters.IsMet(condition, members.Average(MemoryOf)),
            _ => false,
        };

    /// <summary>How much of its processors a machine uses now, in percent.</summary>
    public static double CpuOf(Entity machine) =>
        double.TryParse(machine.Text("cpuused")?.TrimEnd('%'), NumberStyles.Float, CultureInfo.InvariantCulture, out var used) ? used : 0;

    private static double MemoryOf(Entity machine) => machine.Number("memorykbs") is > 0 and var total
        ? 100.0 * (total - machine.Number("memoryintfreekbs")) / total
        : 0;

    private Entity? TryAdd()
    {
        if (_state.Store.Find(_group.Text("lbruleid")) is not { } rule
            || _state.Store.Find(_group.Text("vmprofileid")) is not { } profile
            || _state.Store.Find(_group.Text("associatednetworkid")) is not { } network
            || _state.Store.Find(profile.Text("zoneid")) is not { } zone
            || _state.Store.Find(profile.Text("serviceofferingid")) is not { } offering
            || _state.Store.Find(profile.Text("templateid")) is not { } template)
        {
            return null;
        }

        Entity? machine = null;
        try
        {
            DemandRoom(network, offering, template);
            machine = MachineBuilder.Create(_state, new MachinePlan(_group.Owner!, zone, offering, template, _caller.User, NextName())
            {
                Networks = [new NetworkWish(network)],
            });
            MachineBuilder.Start(_state, machine);
        }
        catch (ApiError)
        {
            // No room, or a limit reached: the group tries again when it's looked at next.
            if (machine is not null)
            {
                MachineBuilder.Remove(_state, machine);
            }

            return null;
        }

        LoadBalancers.Join(rule, machine);
        Note("deployVirtualMachine", machine);
        _state.Events.Write("AUTOSCALEVMGROUP.SCALEUP", _caller, _group, $"{machine.Name} was added to {_group.Name ?? _group.Id}.");
        return machine;
    }

    private void DemandRoom(Entity network, Entity offering, Entity template)
    {
        var owner = _group.Owner!;
        GuestNetworks.DemandAddress(network, null);
        ResourceLimits.Demand(_state, owner, LimitedResource.Machine);
        ResourceLimits.Demand(_state, owner, LimitedResource.Volume);
        ResourceLimits.Demand(_state, owner, LimitedResource.Cpu, offering.Number("cpunumber"));
        ResourceLimits.Demand(_state, owner, LimitedResource.Memory, offering.Number("memory"));
        ResourceLimits.Demand(_state, owner, LimitedResource.PrimaryStorage, template.Number("size"));
    }

    private string NextName() => $"autoscale-{_group.Id[..8]}-{_state.Ids.NextId()[..6]}";

    /// <summary>Takes the newest machine out of the rule and stops it; after the grace period it's gone.</summary>
    private void RemoveLast(List<Entity> members)
    {
        var machine = members[^1];
        LoadBalancers.Forget(_state, machine);
        MachineBuilder.Stop(_state, machine);
        MachineBuilder.Enter(_state, machine, MachineState.Destroyed);
        Note("destroyVirtualMachine", machine);
        _state.Events.Write("AUTOSCALEVMGROUP.SCALEDOWN", _caller, _group, $"{machine.Name} is taken out of {_group.Name ?? _group.Id}.");
        var grace = _state.Store.Find(_group.Text("vmprofileid"))?.Number("expungevmgraceperiod") ?? 0;
        _state.Timeline.At(_state.Clock.GetUtcNow().AddSeconds(grace), () =>
        {
            if (machine is { Table: not null, State: MachineState.Destroyed })
            {
                MachineBuilder.Remove(_state, machine);
            }
        });
    }

    private void Note(string command, Entity machine) => _state.Events.Write(_state.Catalog.FindCommand(command)!, _caller, machine);
}
