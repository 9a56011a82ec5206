using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Lifecycles.Compute;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Infrastructure;

/// <summary>Plans that even out the load of a cluster's hosts by moving machines.</summary>
internal sealed class DrsPlans : ICommandFamily
{
    private const string Class = "ClusterDrsPlanResponse";
    private const string MigrationClass = "ClusterDrsPlanMigrationResponse";
    private const long MostMigrations = 50;

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Read("listClusterDrsPlan", call => Listing.Of(call, Class));
        commands.Do("generateClusterDrsPlan", Generate);
        commands.Begin("executeClusterDrsPlan", Execute);
    }

    private static Answer Generate(CommandCall call)
    {
        var cluster = call.Target("id");
        var most = call.Number("migrations") ?? MostMigrations;
        if (most is < 1 or > 1000)
        {
            throw ApiError.Refused("The number of migrations lies between 1 and 1000.");
        }

        var plan = New(call, cluster);
        plan["migrations"] = Moves(call, cluster, most).Select(move => Show(call, move)).ToList();
        plan["status"] = null;
        return Answer.Of(plan);
    }

    private static Entity New(CommandCall call, Entity cluster)
    {
        var plan = call.New(Class);
        plan["clusterid"] = cluster.Id;
        plan["type"] = "MANUAL";
        plan["status"] = "UNDER_EXECUTION";
        plan["created"] = call.State.Clock.GetUtcNow();
        return plan;
    }

    /// <summary>Moves the smallest machine from the fullest host to the emptiest one as long as that evens them out.</summary>
    private static List<Move> Moves(CommandCall call, Entity cluster, long most)
    {
        var loads = HostTies.HostsIn(call.State, "clusterid", cluster)
            .Where(host => host.State == "Up" && host.Text("resourcestate") == "Enabled")
            .ToDictionary(host => host, host => HostLoad.Of(host).MemoryBytes);
        var machines = loads.Keys.SelectMany(host => Hosts.MachinesOn(call.State, host).Select(machine => (machine, host)))
            .ToDictionary(pair => pair.machine, pair => pair.host);
        var moves = new List<Move>();
        while (loads.Count > 1 && moves.Count < most)
        {
            var fullest = loads.MaxBy(load => load.Value);
            var emptiest = loads.MinBy(load => load.Value);
            var machine = machines.Where(m => m.Value == fullest.Key && moves.TrueForAll(move => move.Machine != m.Key)
                    && Dedications.Admits(call.State, emptiest.Key, m.Key.Owner) && HostLoad.CanTake(emptiest.Key, m.Key))
                .Select(m => m.Key).MinBy(m => m.Number("memory"));
            var bytes = machine is null ? 0 : machine.Number("memory") << 20;
            if (machine is null || emptiest.Value + bytes >= fullest.Value)
            {
                break;
            }

            loads[fullest.Key] -= bytes;
            loads[emptiest.Key] += bytes;
            machines[machine] = emptiest.Key;
            moves.Add(new Move(machine, fullest.Key, emptiest.Key));
        }

        return moves;
    }

    private static Work Execute(CommandCall call)
    {
        var cluster = call.Target("id");
        var moves = Named(call, cluster);
        var plan = New(call, cluster);
        return new Work(plan, () =>
        {
            call.State.Store.Add(plan);
            foreach (var (move, shown) in moves.Zip(plan.Items("migrations")))
            {
                shown["migrationjobstatus"] = TryMove(call.State, move) ? "SUCCEEDED" : "FAILED";
            }

            plan["status"] = "COMPLETED";
            return Answer.Of(plan);
        })
        {
            Queue = cluster,
            Begin = () => plan["migrations"] = moves.Select(move => Show(call, move)).ToList(),
        };
    }

    private static List<Move> Named(CommandCall call, Entity cluster)
    {
        var wishes = call.Map("migrateto");
        return wishes.Count == 0 ? Moves(call, cluster, MostMigrations) : [.. wishes.Select(wish =>
        {
            var machine = call.Look("migrateto", wish.Key, ResultClass.VirtualMachine);
            var target = call.Look("migrateto", wish.Value, ResultClass.Host);
            var source = call.State.Store.Find(ResultClass.Host, machine.Text("hostid"));
            return source is not null && source.Text("clusterid") == cluster.Id && target.Text("clusterid") == cluster.Id
                ? new Move(machine, source, target)
                : throw ApiError.Refused($"The virtual machine {machine.Name} can't move to {target.Name} within the cluster {cluster.Name}.");
        })];
    }

    private static bool TryMove(CloudState state, Move move)
    {
        if (move.Machine.State != MachineState.Running || move.Machine.Text("hostid") == move.To.Id
            || !HostLoad.CanTake(move.To, move.Machine) || !Dedications.Admits(state, move.To, move.Machine.Owner))
        {
            return false;
        }

        HostLoad.Release(state, move.Machine);
        HostLoad.Place(state, move.Machine, move.To);
        return true;
    }

    private static Entity Show(CommandCall call, Move move)
    {
        var shown = call.New(MigrationClass);
        shown["virtualmachineid"] = move.Machine.Id;
        shown["virtualmachinename"] = move.Machine.Name;
        shown["sourcehostid"] = move.From.Id;
        shown["sourcehostname"] = move.From.Name;
        shown["destinationhostid"] = move.To.Id;
        shown["destinationhostname"] = move.To.Name;
        return shown;
    }

    private sealed record Move(Entity Machine, Entity From, Entity To);
}
