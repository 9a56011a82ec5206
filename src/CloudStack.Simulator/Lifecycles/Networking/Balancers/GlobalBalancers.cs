using System.Globalization;
using System.Text.RegularExpressions;
using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Lifecycles.Infrastructure;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Networking.Balancers;

/// <summary>Global load balancers: one domain name for balancers of several zones.</summary>
internal sealed partial class GlobalBalancers : ICommandFamily
{
    private const string Class = "GlobalLoadBalancerResponse";
    private static readonly string[] Methods = ["roundrobin", "leastconn", "proximity"];
    private static readonly string[] ServiceTypes = ["tcp", "udp", "http"];

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Begin("createGlobalLoadBalancerRule", Create);
        commands.Begin("updateGlobalLoadBalancerRule", Update);
        commands.Begin("deleteGlobalLoadBalancerRule", call => Work.Removing(call.State.Store, call.Target("id")));
        commands.Begin("assignToGlobalLoadBalancerRule", Assign);
        commands.Begin("removeFromGlobalLoadBalancerRule", Unassign);
        commands.Read("listGlobalLoadBalancerRules", call => Listing.Of(call, Class));
    }

    /// <summary>Takes a balancer that goes out of all global ones.</summary>
    public static void Forget(CloudState state, Entity balancer)
    {
        foreach (var global in state.Table(Class).Where(global => global.Items("loadbalancerrule").Contains(balancer)).ToList())
        {
            global.RemoveItem("loadbalancerrule", balancer);
        }
    }

    private static Work Create(CommandCall call)
    {
        var owner = call.NewOwner();
        var region = call.State.Table(Regions.Class).FirstOrDefault(known => known.Number("id") == call.Number("regionid"))
            ?? throw ApiError.Refused($"Region with id {call.Number("regionid")} doesn't exist.");
        if (!region.Flag("gslbserviceenabled"))
        {
            throw ApiError.Refused($"Global load balancing isn't enabled in the region {region.Name}.");
        }

        var domain = call.RequiredText("gslbdomainname");
        if (domain.Length > 253 || !DomainName().IsMatch(domain))
        {
            throw ApiError.Refused($"Invalid domain name: {domain}.");
        }

        if (call.State.Table(Class).FirstOrDefault(other => domain.Equals(other.Text("gslbdomainname"), StringComparison.OrdinalIgnoreCase)) is { } taken)
        {
            throw ApiError.Refused($"The domain name {domain} is in use by the global load balancer {taken.Name}.");
        }

        DemandTerms(call);
        var made = call.Create(Class, owner);
        made["regionid"] = region.Number("id");
        made["gslblbmethod"] = "roundrobin";
        call.Apply(made, "name", "description", "gslbdomainname", "gslbservicetype", "gslblbmethod", "gslbstickysessionmethodname");
        return new Work(made, () => Answer.Of(made)) { Abandon = () => call.State.Store.Remove(made) };
    }

    private static void DemandTerms(CommandCall call)
    {
        foreach (var (name, known) in ((string, string[])[])
            [("gslblbmethod", Methods), ("gslbservicetype", ServiceTypes), ("gslbstickysessionmethodname", ["sourceip"])])
        {
            if (call.Text(name) is { Length: > 0 } value && !known.Contains(value, StringComparer.OrdinalIgnoreCase))
            {
                throw ApiError.Refused($"Invalid {name} {value}; one of {string.Join(", ", known)} is.");
            }
        }
    }

    private static Work Update(CommandCall call)
    {
        var global = call.Target("id");
        return Work.On(global, () => call.Apply(global, "description", "gslblbmethod", "gslbstickysessionmethodname")) with
        {
            Begin = () => DemandTerms(call),
        };
    }

    private static Work Assign(CommandCall call)
    {
        var global = call.Target("id");
        var balancers = Balancers(call);
        return Change(global, () =>
        {
            DemandWeights(call);
            var zones = global.Items("loadbalancerrule").Select(known => known.Text("zoneid")).ToList();
            foreach (var balancer in balancers)
            {
                if (balancer.Table is null || balancer.Owner != global.Owner)
                {
                    throw ApiError.Refused($"The load balancer {balancer.Name} is gone, or belongs to another account than the global one.");
                }

                if (global.Items("loadbalancerrule").Contains(balancer))
                {
                    throw ApiError.Refused($"The load balancer {balancer.Name} is already assigned.");
                }

                if (zones.Contains(balancer.Text("zoneid")))
                {
                    throw ApiError.Refused($"Each load balancer must be of another zone, and {balancer.Name} isn't.");
                }

                zones.Add(balancer.Text("zoneid"));
            }
        }, () => global["loadbalancerrule"] = global.Items("loadbalancerrule").Concat(balancers));
    }

    private static void DemandWeights(CommandCall call)
    {
        foreach (var record in call.Records("gslblbruleweightsmap"))
        {
            if (record.TryGetValue("weight", out var text)
                && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var weight) || weight is < 1 or > 100))
            {
                throw ApiError.Refused($"Invalid weight {text}; it must be from 1 to 100.");
            }
        }
    }

    private static Work Unassign(CommandCall call)
    {
        var global = call.Target("id");
        var balancers = Balancers(call);
        return Change(global, () =>
        {
            if (balancers.FirstOrDefault(balancer => !global.Items("loadbalancerrule").Contains(balancer)) is { } stranger)
            {
                throw ApiError.Refused($"The load balancer {stranger.Name} isn't assigned to the global one {global.Name}.");
            }
        }, () => balancers.ForEach(balancer => global.RemoveItem("loadbalancerrule", balancer)));
    }

    private static Work Change(Entity global, Action demand, Action change) => new(global, () =>
    {
        demand();
        change();
        return Answer.Done;
    });

    private static List<Entity> Balancers(CommandCall call)
    {
        var found = call.FindAll("loadbalancerrulelist").Distinct().ToList();
        return found.Count > 0 && found.TrueForAll(rule => rule.Class.Name == ResultClass.LoadBalancer)
            ? found
            : throw ApiError.Refused("Please specify load balancer rules in loadbalancerrulelist.");
    }

    [GeneratedRegex(
        @"^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex DomainName();
}
