using System.Globalization;
using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Networking;

/// <summary>Security groups and the machines in them; their rules are <see cref="SecurityGroupRules"/>.</summary>
internal sealed class SecurityGroups : ICommandFamily
{
    public const string Class = "SecurityGroupResponse";
    private const string Default = "default";

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Do("createSecurityGroup", Create);
        commands.Do("updateSecurityGroup", Update);
        commands.Do("deleteSecurityGroup", Delete);
        commands.Read("listSecurityGroups", List);
    }

    /// <summary>The groups that a new machine is to be in.</summary>
    /// <exception cref="ApiError">The network has no security groups, or a group is somebody else's or unknown.</exception>
    public static IReadOnlyList<Entity> Named(CommandCall call, Owner owner, Entity zone)
    {
        var groups = call.FindAll("securitygroupids").ToList();
        groups.AddRange(call.Texts("securitygroupnames").Select(name => ByName(call, owner, name)));
        if (groups.Count == 0)
        {
            return groups;
        }

        if (!zone.Flag("securitygroupsenabled") && !NetworksOf(call).Any(network => GuestNetworks.HasService(network, "SecurityGroup")))
        {
            throw ApiError.Refused($"Security groups aren't supported in zone {zone.Name} by any of the networks given.");
        }

        return groups.Find(group => group.Owner != owner) is { } stranger
            ? throw ApiError.NotPermitted($"The security group {stranger.Name} doesn't belong to {owner.Holder.Name}.")
            : groups.Distinct().ToList();
    }

    private static IEnumerable<Entity> NetworksOf(CommandCall call) => call.FindAll("networkids").Concat(
        call.Records("iptonetworklist").Where(record => record.ContainsKey("networkid"))
            .Select(record => call.Look("iptonetworklist", record["networkid"], ResultClass.Network)));

    public static void Join(Entity machine, Entity group)
    {
        machine.AddItem("securitygroup", group);
        group["virtualmachineids"] = group.Texts("virtualmachineids").Append(machine.Id).ToList();
        group["virtualmachinecount"] = (long)group.Texts("virtualmachineids").Count;
    }

    /// <summary>Takes a machine that goes out of its groups.</summary>
    public static void Leave(Entity machine)
    {
        foreach (var group in machine.Items("securitygroup"))
        {
            group["virtualmachineids"] = group.Texts("virtualmachineids").Where(id => id != machine.Id).ToList();
            group["virtualmachinecount"] = (long)group.Texts("virtualmachineids").Count;
        }

        machine["securitygroup"] = new List<Entity>();
    }

    /// <exception cref="ApiError">The owner has no group of the name.</exception>
    public static Entity ByName(CommandCall call, Owner owner, string name) =>
        call.State.Table(Class).FirstOrDefault(group => group.Owner == owner && group.Name == name)
        ?? throw ApiError.Refused($"Unable to find the security group {name} of {owner.Holder.Name}.");

    private static Answer Create(CommandCall call)
    {
        var owner = call.NewOwner();
        var name = call.RequiredText("name");
        DemandFreeName(call, owner, name);
        var group = call.Create(Class, owner);
        group["name"] = name;
        group["virtualmachinecount"] = 0L;
        call.Apply(group, "description");
        return Answer.Of(group);
    }

    private static Answer Update(CommandCall call)
    {
        var group = call.Target("id");
        if (call.Text("name") is { } name && name != group.Name)
        {
            DemandOrdinary(group, "renamed");
            DemandFreeName(call, group.Owner!, name);
            group["name"] = name;
        }

        return Answer.Of(group);
    }

    private static Answer Delete(CommandCall call)
    {
        var group = call.Find("id") ?? ByName(call, call.NewOwner(), call.RequiredText("name"));
        DemandOrdinary(group, "deleted");
        if (group.Texts("virtualmachineids").Count > 0)
        {
            throw ApiError.StillInUse(string.Create(
                CultureInfo.InvariantCulture,
                $"Can't delete the security group {group.Name}: {group.Texts("virtualmachineids").Count} virtual machines are in it."));
        }

        if (SecurityGroupRules.Admitting(call.State, group) is { } rule)
        {
            throw ApiError.StillInUse($"Can't delete the security group {group.Name}: rule {rule.Id} of another group lets it in.");
        }

        SecurityGroupRules.RemoveAll(call.State, group);
        call.State.Store.Remove(group);
        return Answer.Done;
    }

    private static Answer List(CommandCall call)
    {
        var machine = call.Find("virtualmachineid");
        var name = call.Text("securitygroupname");
        return Listing.Of(
            call, Class,
            group => (name is null || group.Name == name) && (machine is null || machine.Items("securitygroup").Contains(group)),
            "securitygroupname", "virtualmachineid");
    }

    private static void DemandOrdinary(Entity group, string what)
    {
        if (group.Name == Default)
        {
            throw ApiError.Refused($"The security group {Default} can't be {what}.");
        }
    }

    private static void DemandFreeName(CommandCall call, Owner owner, string name)
    {
        if (call.State.Table(Class).Any(group => group.Owner == owner && group.Name == name))
        {
            throw ApiError.Refused($"A security group with the name {name} already exists for {owner.Holder.Name}.");
        }
    }
}
