using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Lifecycles.Infrastructure;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Compute;

/// <summary>Affinity groups and the machines in them.</summary>
internal sealed class AffinityGroups : ICommandFamily
{
    private static readonly string[] Types =
        ["host anti-affinity", "host affinity", "non-strict host anti-affinity", "non-strict host affinity"];

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Begin("createAffinityGroup", Create);
        commands.Begin("deleteAffinityGroup", Delete);
        commands.Begin("updateVMAffinityGroup", UpdateMachine);
        commands.Read("listAffinityGroups", List);
        commands.Read("listAffinityGroupTypes", ListTypes);
    }

    /// <summary>The groups that a call names for a machine of an owner.</summary>
    public static IReadOnlyList<Entity> Named(CommandCall call, Owner owner)
    {
        var groups = call.FindAll("affinitygroupids").ToList();
        foreach (var name in call.Texts("affinitygroupnames"))
        {
            groups.Add(call.State.Table(ResultClass.AffinityGroup).FirstOrDefault(g => g.Name == name && g.Owner == owner)
                ?? throw ApiError.Refused($"Unable to find the affinity group {name} of account {owner.Holder.Name}."));
        }

        return groups;
    }

    public static void Join(Entity machine, Entity group)
    {
        machine.AddItem("affinitygroup", group);
        group["virtualmachineIds"] = group.Texts("virtualmachineIds").Append(machine.Id).ToArray();
    }

    public static void Leave(Entity machine, Entity group)
    {
        machine.RemoveItem("affinitygroup", group);
        group["virtualmachineIds"] = group.Texts("virtualmachineIds").Where(id => id != machine.Id).ToArray();
    }

    private static Work Create(CommandCall call)
    {
        var owner = call.NewOwner();
        var name = call.RequiredText("name");
        var type = call.RequiredText("type");
        if (!Types.Contains(type))
        {
            throw ApiError.Refused($"Unable to create affinity group, no group type {type}.");
        }

        if (call.State.Table(ResultClass.AffinityGroup).Any(g => g.Owner == owner && g.Name == name))
        {
            throw ApiError.Refused($"Unable to create affinity group, a group with name {name} already exists.");
        }

        var group = call.Create(ResultClass.AffinityGroup, owner);
        call.Apply(group, "name", "type", "description");
        return new Work(group, () => Answer.Of(group));
    }

    private static Work Delete(CommandCall call)
    {
        var group = call.Find("id") ?? call.State.Table(ResultClass.AffinityGroup)
            .FirstOrDefault(g => g.Name == call.Text("name") && call.Caller.MaySee(g))
            ?? throw ApiError.Refused($"Unable to find the affinity group {call.Text("name")}.");
        return new Work(group, () =>
        {
            foreach (var machine in group.Texts("virtualmachineIds").Select(call.State.Store.Find).OfType<Entity>())
            {
                Leave(machine, group);
            }

            Dedications.ReleaseAll(call.State, group);
            call.State.Store.Remove(group);
            return Answer.Done;
        });
    }

    private static Work UpdateMachine(CommandCall call)
    {
        var machine = call.Target("id");
        var groups = Named(call, machine.Owner!);
        return new Work(machine, () =>
        {
            foreach (var group in machine.Items("affinitygroup").ToList())
            {
                Leave(machine, group);
            }

            foreach (var group in groups)
            {
                Join(machine, group);
            }

            return Answer.Of(machine);
        })
        {
            Begin = () => VirtualMachines.DemandState(machine, "change the affinity groups of", MachineState.Stopped),
        };
    }

    private static Answer List(CommandCall call)
    {
        var machine = call.Find("virtualmachineid");
        return Listing.Of(
            call, ResultClass.AffinityGroup, group => machine is null || machine.Items("affinitygroup").Contains(group), "virtualmachineid");
    }

    private static Answer ListTypes(CommandCall call) => Answer.List(Types.Select(type =>
    {
        var entry = call.New(call.Command.Result);
        entry["type"] = type;
        return entry;
    }));
}
