using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Lifecycles.Operations;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Networking.Addresses;

/// <summary>
/// Public addresses that were given back and for some time are only for whoever had them, where the setting
/// <c>public.ip.address.quarantine.duration</c> (minutes) says so.
/// </summary>
internal sealed class AddressQuarantine : ICommandFamily
{
    private const string Class = "IpQuarantineResponse";
    private const string Setting = "public.ip.address.quarantine.duration";

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Read("listQuarantinedIps", call => Listing.Of(
            call, Class,
            entry => entry["removed"] is null
                ? call.IsSet("showinactive") || IsActive(call.State, entry)
                : call.IsSet("showremoved"),
            "showinactive"));
        commands.Do("updateQuarantinedIp", Update);
        commands.Do("removeQuarantinedIp", Remove);
    }

    /// <summary>Makes the setting, which is off.</summary>
    public static void PlantSetting(CloudState state) => new Seed.Setting(
        Setting, "0", "Number", "Network", "Network/Network", ["Domain"],
        "Minutes for which a released public address goes to nobody but its former owner; 0 for none").Plant(state, "0");

    /// <summary>Notes that an owner gives an address back.</summary>
    public static void Begin(CloudState state, Owner owner, string address)
    {
        if (!long.TryParse(Configurations.ValueOf(state, Setting, owner.Domain), out var minutes) || minutes <= 0)
        {
            return;
        }

        foreach (var former in state.Table(Class).Where(entry => entry.Text("ipaddress") == address && IsActive(state, entry)).ToList())
        {
            state.Store.Remove(former);
        }

        var now = state.Clock.GetUtcNow();
        var entry = state.New(Class);
        entry["ipaddress"] = address;
        entry["created"] = now;
        // A date far beyond any calendar is as good as none.
        entry["enddate"] = now.AddMinutes(Math.Min(minutes, TimeSpan.FromDays(36_500).TotalMinutes));
        entry["previousownerid"] = owner.Holder.Id;
        entry["previousownername"] = owner.Holder.Name;
        entry.Owner = owner;
        state.Store.Add(entry);
    }

    /// <summary>The addresses that somebody can't have now.</summary>
    public static IReadOnlySet<string> BarredFor(CloudState state, Owner owner) => state.Table(Class)
        .Where(entry => entry.Owner != owner && IsActive(state, entry)).Select(entry => entry.Text("ipaddress")!).ToHashSet();

    private static bool IsActive(CloudState state, Entity entry) =>
        entry["removed"] is null && entry["enddate"] is DateTimeOffset end && end > state.Clock.GetUtcNow();

    private static Answer Update(CommandCall call)
    {
        var entry = Active(call);
        var end = call.Date("enddate") ?? throw ApiError.Missing(call.Command.Name, "enddate");
        if (end <= call.State.Clock.GetUtcNow())
        {
            throw ApiError.Refused($"The end date {end:u} isn't after the present one.");
        }

        entry["enddate"] = end;
        return Answer.Of(entry);
    }

    private static Answer Remove(CommandCall call)
    {
        var entry = Active(call);
        if (string.IsNullOrWhiteSpace(call.RequiredText("removalreason")))
        {
            throw Physical.PhysicalNetworks.Internal($"The reason for taking {entry.Text("ipaddress")} out of quarantine is blank.");
        }

        entry["removed"] = call.State.Clock.GetUtcNow();
        entry["removalreason"] = call.Text("removalreason");
        entry["removeraccountid"] = call.Caller.Account.Id;
        return Answer.Done;
    }

    private static Entity Active(CommandCall call)
    {
        if (!call.Has("id") && !call.Has("ipaddress"))
        {
            throw ApiError.Refused("Please specify the id of the quarantine or the ipaddress that is in it.");
        }

        var entry = call.Find("id") ?? call.State.Table(Class).FirstOrDefault(
            known => known.Text("ipaddress") == call.Text("ipaddress") && IsActive(call.State, known) && call.Caller.MaySee(known));
        return entry is not null && IsActive(call.State, entry)
            ? entry
            : throw Physical.PhysicalNetworks.Internal($"No active quarantine was found for {call.Text("ipaddress") ?? call.Text("id")}.");
    }
}
