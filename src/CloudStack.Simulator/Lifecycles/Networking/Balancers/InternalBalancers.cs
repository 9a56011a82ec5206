using System.Globalization;
using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Lifecycles.Networking.Physical;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Networking.Balancers;

/// <summary>Load balancers inside a VPC: an address of a tier, behind which a machine of the cloud spreads the load.</summary>
internal sealed class InternalBalancers : ICommandFamily
{
    public const string Class = "ApplicationLoadBalancerResponse";

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Begin("createLoadBalancer", Create);
        commands.Begin("updateLoadBalancer", call =>
        {
            var rule = Target(call);
            return Work.On(rule, () => call.Apply(rule, "fordisplay"));
        });
        commands.Begin("deleteLoadBalancer", Delete);
        commands.Read("listLoadBalancers", List);
    }

    /// <summary>True where an offering's or network's load is balanced inside only.</summary>
    public static bool ServesOnly(Entity place) => place.Items("service")
        .Any(service => service.Name == "Lb" && service.Items("provider").Any(provider => provider.Name == NetworkElement.InternalBalancer));

    /// <summary>Takes away the balancers of a network that goes.</summary>
    public static void RemoveOf(CloudState state, Entity network)
    {
        var rules = state.Table(Class)
            .Where(rule => rule.Text("networkid") == network.Id || rule.Text("sourceipaddressnetworkid") == network.Id).ToList();
        foreach (var rule in rules)
        {
            Remove(state, rule);
        }
    }

    private static Work Create(CommandCall call)
    {
        var (network, source) = (call.Target("networkid"), call.Target("sourceipaddressnetworkid"));
        if (!call.RequiredText("scheme").Equals("internal", StringComparison.OrdinalIgnoreCase))
        {
            throw ApiError.Refused($"Invalid scheme {call.Text("scheme")}: only Internal is supported.");
        }

        DemandNetworks(network, source);
        LoadBalancers.DemandAlgorithm(call);
        var (outer, _) = PortRules.Ports(call, "sourceport", "sourceport");
        var (inner, _) = PortRules.Ports(call, "instanceport", "instanceport");
        var address = AddressFor(call, source, outer);
        var rule = call.New(Class);
        call.Apply(rule, "name", "description", "algorithm", "fordisplay");
        rule["networkid"] = network.Id;
        rule["sourceipaddress"] = address;
        rule["sourceipaddressnetworkid"] = source.Id;
        var ports = call.New("ApplicationLoadBalancerRuleResponse");
        ports["sourceport"] = outer;
        ports["instanceport"] = inner;
        ports["state"] = "Add";
        rule["loadbalancerrule"] = new List<Entity> { ports };
        network.Owner!.Claim(rule);
        call.State.Store.Add(rule);
        return new Work(rule, () =>
        {
            GuestNetworks.Implement(call.State, network);
            InternalBalancerMachines.Ensure(call.State, source, address);
            ports["state"] = "Active";
            return Answer.Of(rule);
        })
        {
            Queue = network,
            Abandon = () => Remove(call.State, rule),
        };
    }

    private static void DemandNetworks(Entity network, Entity source)
    {
        if (!ServesOnly(network))
        {
            throw ApiError.Refused(
                $"Network {network.Name} has no internal load balancing: its offering's Lb isn't provided by {NetworkElement.InternalBalancer}.");
        }

        if (source != network && (source.Text("vpcid") is not { } vpc || vpc != network.Text("vpcid")))
        {
            throw ApiError.Refused($"Network {source.Name} isn't in the same VPC as network {network.Name}.");
        }
    }

    /// <summary>The address of a new balancer: one of the network's free ones, or one that has other ports balanced already.</summary>
    private static string AddressFor(CommandCall call, Entity source, long port)
    {
        var chosen = call.Text("sourceipaddress");
        var siblings = call.State.Table(Class).Where(rule => IsAt(rule, source.Id, chosen)).ToList();
        if (siblings.FirstOrDefault(rule => rule.Items("loadbalancerrule")[0].Number("sourceport") == port) is { } other)
        {
            throw ApiError.RulesConflict(string.Create(
                CultureInfo.InvariantCulture, $"The port {port} of {chosen} conflicts with the load balancer {other.Name} ({other.Id})."));
        }

        return siblings.Count > 0 ? chosen! : GuestNetworks.TakeAddress(source, chosen);
    }

    private static bool IsAt(Entity rule, string? networkId, string? address) =>
        rule.Text("sourceipaddressnetworkid") == networkId && rule.Text("sourceipaddress") == address;

    private static Work Delete(CommandCall call)
    {
        var rule = Target(call);
        return new Work(rule, () =>
        {
            Remove(call.State, rule);
            return Answer.Done;
        });
    }

    private static void Remove(CloudState state, Entity rule)
    {
        state.Store.Remove(rule);
        var (networkId, address) = (rule.Text("sourceipaddressnetworkid"), rule.Text("sourceipaddress")!);
        if (state.Store.Find(ResultClass.Network, networkId) is { } source && !state.Table(Class).Any(other => IsAt(other, networkId, address)))
        {
            InternalBalancerMachines.Remove(state, source, address);
            GuestNetworks.ReleaseAddress(source, address);
        }
    }

    private static Entity Target(CommandCall call)
    {
        var rule = call.Target("id");
        return rule.Class.Name == Class ? rule : throw ApiError.NoEntity(call.Command.Name, "id", rule.Id);
    }

    private static Answer List(CommandCall call)
    {
        if (call.Text("scheme") is { Length: > 0 } scheme && !scheme.Equals("internal", StringComparison.OrdinalIgnoreCase))
        {
            return Answer.List([]);
        }

        return Listing.Of(call, Class).ShownAs(rule =>
        {
            var shown = rule.Copy();
            var machines = LoadBalancers.MachinesOf(rule);
            shown["loadbalancerinstance"] = machines.Count == 0 ? null : machines.Select(machine =>
            {
                var instance = call.New("ApplicationLoadBalancerInstanceResponse", machine.Id);
                instance["name"] = machine.Name;
                instance["state"] = machine.State;
                var nic = machine.Items("nic").FirstOrDefault(nic => nic.Text("networkid") == rule.Text("networkid"));
                instance["ipaddress"] = nic?.Text("ipaddress");
                return instance;
            });
            return shown;
        });
    }
}
