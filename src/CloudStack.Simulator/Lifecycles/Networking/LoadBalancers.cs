using System.Globalization;
using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Lifecycles.AutoScale;
using CloudStack.Simulator.Lifecycles.Networking.Balancers;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Networking;

/// <summary>Load-balancer rules and the machines behind them.</summary>
internal sealed class LoadBalancers : ICommandFamily
{
    private const string Machines = "machines";
    private static readonly string[] Algorithms = ["roundrobin", "leastconn", "source"];

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Begin("createLoadBalancerRule", Create);
        commands.Begin("updateLoadBalancerRule", Update);
        commands.Begin("deleteLoadBalancerRule", Delete);
        commands.Begin("assignToLoadBalancerRule", Assign);
        commands.Begin("removeFromLoadBalancerRule", Unassign);
        commands.Read("listLoadBalancerRules", List);
        commands.Read("listLoadBalancerRuleInstances", ListMachines);
    }

    /// <summary>The rules that lead to a machine.</summary>
    public static IEnumerable<Entity> Of(CloudState state, Entity machine) =>
        state.Table(ResultClass.LoadBalancer).Concat(state.Table(InternalBalancers.Class)).Where(rule => MachinesOf(rule).Contains(machine));

    /// <summary>Takes a machine out of all rules.</summary>
    public static void Forget(CloudState state, Entity machine)
    {
        foreach (var rule in Of(state, machine).ToList())
        {
            rule.SetAttribute(Machines, MachinesOf(rule).Where(other => other != machine).ToList());
        }
    }

    /// <summary>Takes away all that hangs on a rule that goes.</summary>
    public static void Cut(CloudState state, Entity rule)
    {
        BalancerPolicies.Cut(state, rule);
        BalancerCertificates.Cut(state, rule);
        AutoScaleGroups.Cut(state, rule);
        GlobalBalancers.Forget(state, rule);
    }

    /// <summary>The load-balancer rule that an argument names.</summary>
    /// <exception cref="ApiError">It names another kind of rule.</exception>
    public static Entity RuleOf(CommandCall call, string name = "id")
    {
        var rule = call.Target(name);
        return rule.Class.Name == ResultClass.LoadBalancer ? rule : throw ApiError.NoEntity(call.Command.Name, name, rule.Id);
    }

    /// <summary>Puts a machine behind a rule.</summary>
    public static void Join(Entity rule, Entity machine) => rule.SetAttribute(Machines, MachinesOf(rule).Append(machine).ToList());

    /// <summary>The machines behind a rule.</summary>
    public static List<Entity> MachinesOf(Entity rule) => rule.Attribute<List<Entity>>(Machines) ?? [];

    /// <exception cref="ApiError">The algorithm is none.</exception>
    public static void DemandAlgorithm(CommandCall call)
    {
        if (call.Text("algorithm") is { } algorithm && !Algorithms.Contains(algorithm))
        {
            throw ApiError.Refused($"Invalid algorithm: {algorithm}; one of {string.Join(", ", Algorithms)} is.");
        }
    }

    /// <summary>The balancer that an argument names, public or internal.</summary>
    /// <exception cref="ApiError">It names another kind of rule.</exception>
    private static Entity BalancerOf(CommandCall call) => call.Target("id") is { Class.Name: InternalBalancers.Class } balancer ? balancer : RuleOf(call);

    private static Work Create(CommandCall call)
    {
        var address = call.Find("publicipid") ?? throw ApiError.Missing(call.Command.Name, "publicipid");
        var network = PortRules.NetworkOf(call.State, address, call.Find("networkid"));
        DemandAlgorithm(call);
        var (port, _) = PortRules.Ports(call, "publicport", "publicport");
        var (inner, _) = PortRules.Ports(call, "privateport", "privateport");
        PortRules.DemandFree(call.State, address, ResultClass.FirewallRule, "tcp", (port, port), ("publicport", "publicendport"));
        PortRules.DemandFree(call.State, address, ResultClass.LoadBalancer, "tcp", (port, port), ("publicport", "publicport"));
        var rule = call.New(ResultClass.LoadBalancer);
        call.Apply(rule, "name", "description", "algorithm", "fordisplay");
        rule["publicipid"] = address.Id;
        rule["publicip"] = address.Text("ipaddress");
        rule["publicport"] = port.ToString(CultureInfo.InvariantCulture);
        rule["privateport"] = inner.ToString(CultureInfo.InvariantCulture);
        rule["protocol"] = call.Text("protocol") ?? "tcp";
        rule["cidrlist"] = PortRules.Sources(call);
        rule["networkid"] = network.Id;
        rule["zoneid"] = network.Text("zoneid");
        rule["zonename"] = network.Link("zonename");
        rule["state"] = "Add";
        address.Owner!.Claim(rule);
        call.State.Store.Add(rule);
        PortRules.Recount(call.State, address);
        return new Work(rule, () =>
        {
            rule["state"] = "Active";
            return Answer.Of(rule);
        })
        {
            Queue = network,
            Abandon = () => Remove(call.State, rule),
        };
    }

    private static Work Update(CommandCall call)
    {
        var rule = RuleOf(call);
        DemandAlgorithm(call);
        return Work.On(rule, () => call.Apply(rule, "name", "description", "algorithm", "fordisplay", "protocol"));
    }

    private static Work Delete(CommandCall call)
    {
        var rule = RuleOf(call);
        AutoScaleGroups.DemandNone(call.State, rule);
        return new Work(rule, () =>
        {
            Remove(call.State, rule);
            return Answer.Done;
        });
    }

    private static void Remove(CloudState state, Entity rule)
    {
        Cut(state, rule);
        state.Store.Remove(rule);
        if (state.Store.Find(rule.Text("publicipid")) is { } address)
        {
            PortRules.Recount(state, address);
        }
    }

    private static Work Assign(CommandCall call)
    {
        var rule = BalancerOf(call);
        AutoScaleGroups.DemandNone(call.State, rule);
        var machines = Named(call);
        foreach (var machine in machines)
        {
            if (!machine.Items("nic").Any(nic => nic.Text("networkid") == rule.Text("networkid")))
            {
                throw ApiError.Refused($"The virtual machine {machine.Name} has no nic in the load balancer's network.");
            }

            if (MachinesOf(rule).Contains(machine))
            {
                throw ApiError.Refused($"VM {machine.Name} is already mapped to load balancer {rule.Name}.");
            }
        }

        return new Work(rule, () =>
        {
            rule.SetAttribute(Machines, MachinesOf(rule).Concat(machines).ToList());
            return Answer.Done;
        });
    }

    private static Work Unassign(CommandCall call)
    {
        var rule = BalancerOf(call);
        AutoScaleGroups.DemandNone(call.State, rule);
        var machines = Named(call);
        if (machines.FirstOrDefault(machine => !MachinesOf(rule).Contains(machine)) is { } stranger)
        {
            throw ApiError.Refused($"VM {stranger.Name} is not mapped to load balancer {rule.Name}.");
        }

        return new Work(rule, () =>
        {
            rule.SetAttribute(Machines, MachinesOf(rule).Except(machines).ToList());
            return Answer.Done;
        });
    }

    private static Answer List(CommandCall call)
    {
        var machine = call.Find("virtualmachineid");
        return Listing.Of(
            call, ResultClass.LoadBalancer, rule => machine is null || MachinesOf(rule).Contains(machine), "virtualmachineid");
    }

    private static Answer ListMachines(CommandCall call)
    {
        var rule = BalancerOf(call);
        var isApplied = call.Flag("applied") ?? true;
        var machines = isApplied
            ? MachinesOf(rule)
            : call.State.Table(ResultClass.VirtualMachine).Where(machine => !MachinesOf(rule).Contains(machine)
                && machine.Items("nic").Any(nic => nic.Text("networkid") == rule.Text("networkid"))).ToList();
        return Answer.List(machines.Select(machine =>
        {
            var entry = call.New(call.Command.Result);
            entry["loadbalancerruleinstance"] = machine;
            entry["lbvmipaddresses"] = machine.Items("nic").Where(nic => nic.Text("networkid") == rule.Text("networkid"))
                .Select(nic => nic.Text("ipaddress")!).ToArray();
            return entry;
        }));
    }

    private static List<Entity> Named(CommandCall call)
    {
        var machines = call.FindAll("virtualmachineids").ToList();
        machines.AddRange(call.Records("vmidipmap").Where(r => r.ContainsKey("vmid"))
            .Select(r => call.Look("vmidipmap", r["vmid"], ResultClass.VirtualMachine)));
        return machines.Count > 0 ? machines : throw ApiError.Missing(call.Command.Name, "virtualmachineids");
    }
}
