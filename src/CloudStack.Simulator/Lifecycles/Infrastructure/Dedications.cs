using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Identity;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Infrastructure;

/// <summary>Zones, pods, clusters and hosts that only one domain or account may use.</summary>
internal sealed class Dedications : ICommandFamily
{
    public const string HostClass = "DedicateHostResponse";
    private const string GroupType = "ExplicitDedication";

    // From the widest place to the narrowest; each lies in those before it.
    private static readonly Place[] Places =
    [
        new("Zone", "zoneid", "zonename", "DedicateZoneResponse"), new("Pod", "podid", "podname", "DedicatePodResponse"),
        new("Cluster", "clusterid", "clustername", "DedicateClusterResponse"), new("Host", "hostid", "hostname", HostClass),
    ];

    public void Register(CommandTable commands, CloudState state)
    {
        foreach (var place in Places)
        {
            commands.Begin($"dedicate{place.Noun}", call => Dedicate(call, place));
            commands.Begin($"releaseDedicated{place.Noun}", call => Release(call, place));
            commands.Read($"listDedicated{place.Noun}s", call => List(call, place));
        }
    }

    /// <summary>True where a host may take an owner's machine.</summary>
    public static bool Admits(CloudState state, Entity host, Owner? owner) => Array.TrueForAll(Places, place =>
    {
        var table = state.Table(place.Class);
        return table.Count == 0 || Find(table, place, place.IdIn(host)) is not { } dedication || Serves(state, dedication, owner);
    });

    /// <summary>Ends the dedications that go by an affinity group which goes.</summary>
    public static void ReleaseAll(CloudState state, Entity group)
    {
        foreach (var place in Places)
        {
            foreach (var dedication in state.Table(place.Class).Where(d => d.Text("affinitygroupid") == group.Id).ToList())
            {
                state.Store.Remove(dedication);
            }
        }
    }

    private static Entity? Find(EntityTable table, Place place, string? id) => table.FirstOrDefault(d => d.Text(place.Field) == id);

    private static bool Serves(CloudState state, Entity dedication, Owner? owner) => owner is not null
        && (dedication.Text("accountid") is { } account
            ? owner.Account?.Id == account
            : state.Store.Find(ResultClass.Domain, dedication.Text("domainid")) is { } domain && DomainTree.Contains(domain, owner.Domain));

    private static Answer List(CommandCall call, Place place)
    {
        var account = call.Text("account") is { Length: > 0 } ? Scope.NamedAccount(call) : null;
        return Answer.List(call.State.Table(place.Class).Where(dedication =>
            (account is null || dedication.Text("accountid") == account.Id)
            && (call.Text(place.Field) ?? dedication.Text(place.Field)) == dedication.Text(place.Field)
            && (call.Text("domainid") ?? dedication.Text("domainid")) == dedication.Text("domainid")
            && (call.Text("affinitygroupid") ?? dedication.Text("affinitygroupid")) == dedication.Text("affinitygroupid")));
    }

    private static Work Dedicate(CommandCall call, Place place)
    {
        var target = call.Target(place.Field);
        var domain = call.Target("domainid");
        var account = call.Text("account") is { Length: > 0 } ? Scope.NamedAccount(call) : null;
        return new Work(target, () => Answer.List([Create(call, place, target, domain, account)]))
        {
            Begin = () => DemandFree(call.State, place, target, domain, account),
        };
    }

    /// <summary>Gives back what was dedicated to a domain or account that goes.</summary>
    public static void Forget(CloudState state, Entity holder)
    {
        foreach (var place in Places)
        {
            foreach (var dedication in state.Table(place.Class)
                .Where(d => d.Text("accountid") == holder.Id || (d.Text("accountid") is null && d.Text("domainid") == holder.Id)).ToList())
            {
                End(state, place, dedication);
            }
        }
    }

    private static void DemandFree(CloudState state, Place place, Entity target, Entity domain, Entity? account)
    {
        if (Find(state.Table(place.Class), place, target.Id) is not null)
        {
            throw new ApiError(ApiError.Internal, $"The {place.Noun} {target.Name} is already dedicated.", null);
        }

        var foreign = state.Table(ResultClass.Host).Where(host => place.IdIn(host) == target.Id).SelectMany(host => Hosts.MachinesOn(state, host))
            .FirstOrDefault(machine => account is not null
                ? machine.Owner?.Account != account
                : !DomainTree.Contains(domain, machine.Owner!.Domain));
        if (foreign is not null)
        {
            throw new ApiError(
                ApiError.Internal, $"The {place.Noun} {target.Name} can't be dedicated: {foreign.Name} of another owner runs there.", null);
        }
    }

    private static Entity Create(CommandCall call, Place place, Entity target, Entity domain, Entity? account)
    {
        var dedication = call.New(place.Class);
        dedication[place.Field] = target.Id;
        dedication[place.NameField] = target.Link("name");
        dedication["domainid"] = domain.Id;
        dedication["accountid"] = account?.Id;
        dedication.Owner = account is null ? null : Owner.OfAccount(account);
        dedication["affinitygroupid"] = Group(call, domain, account).Id;
        call.State.Store.Add(dedication);
        if (place.Noun == "Zone")
        {
            target["domainid"] = domain.Id;
        }

        return dedication;
    }

    /// <summary>All that is dedicated to one owner goes by one affinity group.</summary>
    private static Entity Group(CommandCall call, Entity domain, Entity? account)
    {
        var name = $"DedicatedGrp-{account?.Name ?? domain.Name}";
        if (call.State.Table(ResultClass.AffinityGroup).FirstOrDefault(g => g.Name == name && g.Text("domainid") == domain.Id) is { } known)
        {
            return known;
        }

        var group = call.Create(ResultClass.AffinityGroup, account is null ? null : Owner.OfAccount(account));
        group["name"] = name;
        group["type"] = GroupType;
        group["description"] = "Dedicated resources";
        group["domainid"] = domain.Id;
        group["domain"] = domain.Link("name");
        return group;
    }

    private static Work Release(CommandCall call, Place place)
    {
        var target = call.Target(place.Field);
        return new Work(target, () =>
        {
            End(call.State, place, Find(call.State.Table(place.Class), place, target.Id)!);
            return Answer.Done;
        })
        {
            Begin = () =>
            {
                if (Find(call.State.Table(place.Class), place, target.Id) is null)
                {
                    throw new ApiError(ApiError.Internal, $"The {place.Noun} {target.Name} isn't dedicated.", null);
                }
            },
        };
    }

    private static void End(CloudState state, Place place, Entity dedication)
    {
        state.Store.Remove(dedication);
        if (place.Noun == "Zone" && state.Store.Find(dedication.Text(place.Field)) is { } zone)
        {
            zone["domainid"] = null;
        }

        DropGroup(state, dedication.Text("affinitygroupid"));
    }

    private static void DropGroup(CloudState state, string? id)
    {
        if (state.Store.Find(ResultClass.AffinityGroup, id) is { } group
            && !Array.Exists(Places, place => state.Table(place.Class).Any(d => d.Text("affinitygroupid") == id))
            && !state.Table(ResultClass.VirtualMachine).Any(machine => machine.Items("affinitygroup").Contains(group)))
        {
            state.Store.Remove(group);
        }
    }

    private sealed record Place(string Noun, string Field, string NameField, string Class)
    {
        public string? IdIn(Entity host) => Field == "hostid" ? host.Id : host.Text(Field);
    }
}
