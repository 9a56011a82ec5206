using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Guests;

/// <summary>What hypervisors call the guest operating systems.</summary>
internal sealed class GuestMappings : ICommandFamily
{
    private const string Class = "GuestOsMappingResponse";
    private static readonly string[] Hypervisors = ["KVM", "VMware", "XenServer"];

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Read("listGuestOsMapping", call => Listing.Of(call, Class));
        commands.Begin("addGuestOsMapping", Add);
        commands.Begin("updateGuestOsMapping", Update);
        commands.Begin("removeGuestOsMapping", Remove);
        commands.Begin("getHypervisorGuestOsNames", Names);
    }

    /// <summary>Takes a system's mappings away with it.</summary>
    public static void Forget(CloudState state, Entity system) =>
        state.Table(Class).Where(mapping => mapping.Text("ostypeid") == system.Id).ToList().ForEach(state.Store.Remove);

    private static Work Add(CommandCall call)
    {
        var system = call.Find("ostypeid") ?? call.State.Table(ResultClass.OsType).FirstOrDefault(one => one.Text("description") == call.Text("osdisplayname"))
            ?? throw ApiError.Refused("Either ostypeid or the osdisplayname of a known guest OS has to be given.");
        var hypervisor = Hypervisor(call);
        var version = call.RequiredText("hypervisorversion");
        var former = call.State.Table(Class).FirstOrDefault(known =>
            known.Text("ostypeid") == system.Id && known.Text("hypervisor") == hypervisor && known.Text("hypervisorversion") == version);
        if (former is not null && !call.IsSet("forced"))
        {
            throw ApiError.Refused($"{system.Text("description")} has a mapping for {hypervisor} {version} already; forced=true replaces it.");
        }

        var mapping = former ?? call.New(Class);
        var formerName = former?.Text("osnameforhypervisor");
        mapping["hypervisor"] = hypervisor;
        mapping["hypervisorversion"] = version;
        mapping["ostypeid"] = system.Id;
        mapping["osdisplayname"] = system.Link("description");
        mapping["isuserdefined"] = "true";
        mapping["osnameforhypervisor"] = call.RequiredText("osnameforhypervisor");
        if (former is null)
        {
            call.State.Store.Add(mapping);
        }

        return new Work(mapping, () => Answer.Of(mapping))
        {
            Abandon = () =>
            {
                if (former is null)
                {
                    call.State.Store.Remove(mapping);
                }

                mapping["osnameforhypervisor"] = formerName;
            },
        };
    }

    private static Work Update(CommandCall call)
    {
        var mapping = call.Target("id");
        return Work.On(mapping, () => call.Apply(mapping, "osnameforhypervisor"));
    }

    private static Work Remove(CommandCall call)
    {
        var mapping = call.Target("id");
        return Work.Removing(call.State.Store, mapping);
    }

    private static Work Names(CommandCall call)
    {
        var (hypervisor, version) = (Hypervisor(call), call.RequiredText("hypervisorversion"));
        return new Work(null, () =>
        {
            var answer = call.New(call.Command.Result);
            var mappings = call.State.Table(Class).Where(one => one.Text("hypervisor") == hypervisor && one.Text("hypervisorversion") == version).ToList();
            answer["hypervisor"] = hypervisor;
            answer["hypervisorversion"] = version;
            answer["guestoscount"] = mappings.Count;
            return Answer.Of(answer);
        });
    }

    private static string Hypervisor(CommandCall call) =>
        Array.Find(Hypervisors, known => known.Equals(call.RequiredText("hypervisor"), StringComparison.OrdinalIgnoreCase))
        ?? throw ApiError.Refused($"Invalid hypervisor {call.Text("hypervisor")}: there are {string.Join(", ", Hypervisors)}.");
}
