using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Lifecycles.Networking;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.AutoScale;

/// <summary>Groups of machines behind a load-balancer rule; <see cref="GroupScaling"/> lets them grow and shrink.</summary>
internal sealed class AutoScaleGroups : ICommandFamily
{
    public const string Class = "AutoScaleVmGroupResponse";
    public const string Enabled = "Enabled";
    private const string Disabled = "Disabled";
    private const long UsualInterval = 60;

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Begin("createAutoScaleVmGroup", Create);
        commands.Begin("updateAutoScaleVmGroup", Update);
        commands.Begin("deleteAutoScaleVmGroup", Delete);
        commands.Begin("enableAutoScaleVmGroup", call => Switch(call, Enabled));
        commands.Begin("disableAutoScaleVmGroup", call => Switch(call, Disabled));
        commands.Read("listAutoScaleVmGroups", List);
    }

    /// <summary>The groups that use a policy or profile.</summary>
    public static IEnumerable<Entity> With(CloudState state, Entity part) => state.Table(Class).Where(
        group => group.Text("vmprofileid") == part.Id || PoliciesOf(group).Contains(part));

    public static IEnumerable<Entity> PoliciesOf(Entity group) => group.Items("scaleuppolicies").Concat(group.Items("scaledownpolicies"));

    /// <exception cref="ApiError">A group uses the policy or profile, which is called by its kind.</exception>
    public static void DemandUnused(CloudState state, Entity part, string kind)
    {
        if (With(state, part).FirstOrDefault() is { } group)
        {
            throw ApiError.Refused($"The {kind} can't be deleted: the group {group.Name ?? group.Id} uses it.");
        }
    }

    /// <exception cref="ApiError">A group that uses a policy or profile is at work.</exception>
    public static void DemandDisabled(CloudState state, Entity part)
    {
        if (With(state, part).FirstOrDefault(group => group.State != Disabled) is { } group)
        {
            throw ApiError.Refused($"The group {group.Name ?? group.Id} uses it and must be disabled first.");
        }
    }

    /// <exception cref="ApiError">A group decides which machines are behind the rule.</exception>
    public static void DemandNone(CloudState state, Entity rule)
    {
        if (Of(state, rule) is { } group)
        {
            throw ApiError.Refused($"The load balancer rule {rule.Name} belongs to the autoscale group {group.Name ?? group.Id}.");
        }
    }

    /// <summary>Takes the group of a rule that goes; its machines stay.</summary>
    public static void Cut(CloudState state, Entity rule)
    {
        if (Of(state, rule) is { } group)
        {
            state.Store.Remove(group);
        }
    }

    private static Entity? Of(CloudState state, Entity rule) => state.Table(Class).FirstOrDefault(group => group.Text("lbruleid") == rule.Id);

    private static Work Create(CommandCall call)
    {
        var rule = LoadBalancers.RuleOf(call, "lbruleid");
        var profile = call.Target("vmprofileid");
        var (up, down) = (Policies(call, "scaleuppolicyids", AutoScalePolicies.ScaleUp), Policies(call, "scaledownpolicyids", AutoScalePolicies.ScaleDown));
        var (least, most) = (call.Number("minmembers") ?? 0, call.Number("maxmembers") ?? 0);
        DemandSize(least, most, call.Number("interval") ?? UsualInterval);
        DemandNone(call.State, rule);
        if (LoadBalancers.MachinesOf(rule).Count > 0)
        {
            throw ApiError.Refused($"There are already virtual machines behind the load balancer rule {rule.Name}.");
        }

        if (profile.Owner != rule.Owner || up.Concat(down).Any(policy => policy.Owner != rule.Owner))
        {
            throw ApiError.Refused("The rule, the profile and the policies must belong to one owner.");
        }

        if (profile.Text("zoneid") != rule.Text("zoneid"))
        {
            throw ApiError.Refused("The profile is for another zone than the load balancer rule.");
        }

        var group = call.Create(Class, rule.Owner);
        group["lbruleid"] = rule.Id;
        group["vmprofileid"] = profile.Id;
        group["scaleuppolicies"] = up;
        group["scaledownpolicies"] = down;
        group["interval"] = UsualInterval;
        group["state"] = "New";
        Describe(call.State, group, rule);
        call.Apply(group, "name", "interval", "minmembers", "maxmembers", "fordisplay");
        return Work.On(group, () => Enter(call, group, Enabled)) with
        {
            Queue = rule,
            Abandon = () => call.State.Store.Remove(group),
        };
    }

    private static void Describe(CloudState state, Entity group, Entity rule)
    {
        group["publicip"] = rule.Link("publicip");
        group["publicipid"] = rule.Text("publicipid");
        group["publicport"] = rule.Link("publicport");
        group["privateport"] = rule.Link("privateport");
        group["lbprovider"] = "VirtualRouter";
        group["associatednetworkid"] = rule.Text("networkid");
        group["associatednetworkname"] = state.Store.Find(rule.Text("networkid"))?.Link("name");
        group["availablevirtualmachinecount"] = new LiveCount(rule);
    }

    private static Work Update(CommandCall call)
    {
        var group = call.Target("id");
        var up = call.Has("scaleuppolicyids") ? Policies(call, "scaleuppolicyids", AutoScalePolicies.ScaleUp) : group.Items("scaleuppolicies");
        var down = call.Has("scaledownpolicyids") ? Policies(call, "scaledownpolicyids", AutoScalePolicies.ScaleDown) : group.Items("scaledownpolicies");
        if (up.Concat(down).Any(policy => policy.Owner != group.Owner))
        {
            throw ApiError.Refused("The policies must belong to the group's owner.");
        }

        return Work.On(group, () =>
        {
            call.Apply(group, "name", "interval", "minmembers", "maxmembers", "fordisplay");
            group["scaleuppolicies"] = up;
            group["scaledownpolicies"] = down;
        }) with
        {
            Begin = () =>
            {
                if (group.State != Disabled)
                {
                    throw ApiError.Refused($"The group {group.Name ?? group.Id} must be disabled before it's changed.");
                }

                DemandSize(
                    call.Number("minmembers") ?? group.Number("minmembers"), call.Number("maxmembers") ?? group.Number("maxmembers"),
                    call.Number("interval") ?? group.Number("interval"));
            },
        };
    }

    private static Work Delete(CommandCall call)
    {
        var group = call.Target("id");
        return new Work(group, () =>
        {
            foreach (var machine in GroupScaling.MembersOf(call.State, group))
            {
                Compute.MachineBuilder.Remove(call.State, machine);
            }

            call.State.Store.Remove(group);
            return Answer.Done;
        })
        {
            Begin = () =>
            {
                if (!call.IsSet("cleanup") && GroupScaling.MembersOf(call.State, group).Count is > 0 and var count)
                {
                    throw ApiError.Refused($"There are {count} virtual machines in the group; cleanup=true removes them with it.");
                }
            },
        };
    }

    private static Work Switch(CommandCall call, string state)
    {
        var group = call.Target("id");
        return Work.On(group, () => Enter(call, group, state)) with
        {
            Begin = () =>
            {
                if (group.State == state)
                {
                    throw ApiError.Refused($"The group {group.Name ?? group.Id} is already {state}.");
                }
            },
        };
    }

    private static void Enter(CommandCall call, Entity group, string state)
    {
        group["state"] = state;
        if (state == Enabled)
        {
            GroupScaling.Watch(call.State, group, call.Caller);
        }
    }

    private static Answer List(CommandCall call)
    {
        var policy = call.Find("policyid");
        var zone = call.Text("zoneid");
        return Listing.Of(
            call, Class,
            group => (policy is null || PoliciesOf(group).Contains(policy))
                && (zone is null || call.State.Store.Find(group.Text("vmprofileid"))?.Text("zoneid") == zone),
            "policyid", "zoneid");
    }

    private static IReadOnlyList<Entity> Policies(CommandCall call, string name, string action)
    {
        var policies = call.FindAll(name);
        return policies.Count > 0 && policies.All(policy => policy.Text("action") == action)
            ? policies
            : throw ApiError.Refused($"{name} must name at least one policy, and only such of the action {action}.");
    }

    private static void DemandSize(long least, long most, long interval)
    {
        if (least < 0 || most < 1 || least > most || interval < 1)
        {
            throw ApiError.Refused(
                $"Invalid size or interval: minmembers {least} must be from 0 to maxmembers {most}, and the interval {interval} positive.");
        }
    }

    private sealed class LiveCount(Entity rule) : FieldSource
    {
        public override object? Read() => (long)LoadBalancers.MachinesOf(rule).Count(machine => machine.State == Compute.MachineState.Running);
    }
}
