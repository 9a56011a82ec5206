using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Operations;

/// <summary><c>listConfigurationGroups</c>: the groups that the settings stand in, in the order that people are shown them.</summary>
internal sealed class ConfigurationGroups : ICommandFamily
{
    private static readonly (string Name, string Text)[] Groups =
    [
        ("Access", "Domains, projects, accounts and who may do what"), ("Compute", "Machines and clusters of them"),
        ("Storage", "Volumes, snapshots and images"), ("Network", "Networks and what serves them"),
        ("Hypervisor", "What is particular to one hypervisor"), ("Management Server", "The API and its jobs"),
        ("System VMs", "Routers, console proxies and secondary storage machines"), ("Infrastructure", "Capacity and health of the places"),
        ("Usage Server", "Usage and quota"),
    ];

    public void Register(CommandTable commands, CloudState state) => commands.Read("listConfigurationGroups", List);

    private static Answer List(CommandCall call)
    {
        var used = call.State.Table(ResultClass.Configuration).ToLookup(setting => setting.Text("group"), setting => setting.Text("subgroup"));
        return Answer.List(Groups.Select((group, i) => Of(call, group, i + 1, used[group.Name]))
            .Where(group => group.Items("subgroup").Count > 0)
            .Where(group => call.Text("group") is not { Length: > 0 } name || group.Name == name)
            .Where(group => call.Text("keyword") is not { } word || group.Name!.Contains(word, StringComparison.OrdinalIgnoreCase)));
    }

    private static Entity Of(CommandCall call, (string Name, string Text) known, int place, IEnumerable<string?> subgroups)
    {
        var group = call.New(call.Command.Result);
        group["name"] = known.Name;
        group["description"] = known.Text;
        group["precedence"] = (long)place;
        group["subgroup"] = subgroups.Distinct().Order(StringComparer.Ordinal).Select((name, i) =>
        {
            var subgroup = call.New("ConfigurationSubGroupResponse");
            subgroup["name"] = name;
            subgroup["precedence"] = i + 1L;
            return subgroup;
        }).ToList();
        return group;
    }
}
