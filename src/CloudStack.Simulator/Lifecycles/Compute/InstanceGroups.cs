using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Compute;

/// <summary>Groups that machines are shown under. Naming one that isn't there makes it.</summary>
internal sealed class InstanceGroups : ICommandFamily
{
    private const string Class = "InstanceGroupResponse";

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Read("listInstanceGroups", call => Listing.Of(call, Class));
        commands.Do("createInstanceGroup", Create);
        commands.Do("updateInstanceGroup", Update);
        commands.Do("deleteInstanceGroup", Delete);
    }

    /// <summary>Puts a machine into the group that the call names; an empty name takes it out.</summary>
    public static void Join(CommandCall call, Entity machine)
    {
        if (call.Text("group") is not { } name)
        {
            return;
        }

        var group = name.Length == 0 ? null : Find(call.State, machine.Owner!, name) ?? New(call, machine.Owner!, name);
        machine["group"] = group?.Link("name");
        machine["groupid"] = group?.Id;
    }

    private static Entity? Find(CloudState state, Owner owner, string name) =>
        state.Table(Class).FirstOrDefault(group => group.Owner == owner && group.Name == name);

    private static Entity New(CommandCall call, Owner owner, string name)
    {
        var group = call.Create(Class, owner);
        group["name"] = name;
        return group;
    }

    private static Answer Create(CommandCall call)
    {
        var owner = call.NewOwner();
        DemandFree(call.State, owner, call.RequiredText("name"));
        return Answer.Of(New(call, owner, call.RequiredText("name")));
    }

    private static Answer Update(CommandCall call)
    {
        var group = call.Target("id");
        if (call.Text("name") is { Length: > 0 } name && name != group.Name)
        {
            DemandFree(call.State, group.Owner!, name);
            group["name"] = name;
        }

        return Answer.Of(group);
    }

    private static void DemandFree(CloudState state, Owner owner, string name)
    {
        if (Find(state, owner, name) is not null)
        {
            throw ApiError.Refused($"Unable to use the name {name}: {owner.Holder.Name} already has an instance group of it.");
        }
    }

    private static Answer Delete(CommandCall call)
    {
        var group = call.Target("id");
        foreach (var machine in call.State.Table(ResultClass.VirtualMachine).Where(m => m.Text("groupid") == group.Id))
        {
            machine["group"] = null;
            machine["groupid"] = null;
        }

        call.State.Store.Remove(group);
        return Answer.Done;
    }
}
