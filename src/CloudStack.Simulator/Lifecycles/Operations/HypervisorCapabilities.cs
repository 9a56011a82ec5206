using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Operations;

/// <summary>What each hypervisor can do, and how much of it.</summary>
internal sealed class HypervisorCapabilities : ICommandFamily
{
    private const string Class = "HypervisorCapabilitiesResponse";
    private static readonly string[] Limits = ["maxguestslimit", "maxdatavolumeslimit", "maxhostspercluster"];

    private static readonly (string Hypervisor, string Version, long Guests, long Volumes, long? Hosts, bool HasGroups)[] Known =
    [
        ("KVM", "default", 50, 64, null, true), ("VMware", "default", 128, 13, 32, false), ("VMware", "8.0", 1024, 59, 64, false),
        ("XenServer", "default", 50, 6, null, true), ("XenServer", "8.2.0", 1000, 253, 64, true), ("External", "default", 50, 0, null, false),
    ];

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Read("listHypervisorCapabilities", List);
        commands.Do("updateHypervisorCapabilities", Update);
    }

    public static void Plant(CloudState state)
    {
        foreach (var (hypervisor, version, guests, volumes, hosts, hasGroups) in Known)
        {
            var entry = state.New(Class);
            entry["hypervisor"] = hypervisor;
            entry["hypervisorversion"] = version;
            entry["maxguestslimit"] = guests;
            entry["maxdatavolumeslimit"] = volumes;
            entry["maxhostspercluster"] = hosts;
            entry["securitygroupenabled"] = hasGroups;
            entry["storagemotionenabled"] = hypervisor is not "External" && version is not "default";
            entry["vmsnapshotenabled"] = hypervisor is not "External";
            state.Store.Add(entry);
        }
    }

    private static Answer List(CommandCall call)
    {
        var word = call.Text("keyword") ?? "";
        return Listing.Of(
            call, Class, entry => entry.Text("hypervisor")!.Contains(word, StringComparison.OrdinalIgnoreCase), "keyword");
    }

    private static Answer Update(CommandCall call)
    {
        var entry = Named(call);
        if (Array.Find(Limits, limit => call.Number(limit) < 0) is { } negative)
        {
            throw ApiError.BadValue(call.Command.Name, negative, $"{call.Number(negative)}");
        }

        call.Apply(entry, [.. Limits, "securitygroupenabled", "storagemotionenabled", "vmsnapshotenabled"]);
        return Answer.Of(entry);
    }

    /// <summary>An entry goes by its identifier, or by hypervisor and version together.</summary>
    private static Entity Named(CommandCall call)
    {
        var (hypervisor, version) = (call.Text("hypervisor") ?? "", call.Text("hypervisorversion") ?? "");
        var entry = call.Find("id");
        if ((entry is not null && hypervisor + version != "") || (entry is null && (hypervisor == "" || version == "")))
        {
            throw ApiError.Refused("Please specify either id, or hypervisor and hypervisorversion together.");
        }

        return entry ?? call.State.Table(Class).FirstOrDefault(known =>
            known.Text("hypervisor")!.Equals(hypervisor, StringComparison.OrdinalIgnoreCase) && known.Text("hypervisorversion") == version)
            ?? throw ApiError.Refused($"Unable to find capabilities of the hypervisor {hypervisor} in version {version}.");
    }
}
