using System.Text.RegularExpressions;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Protocol;

namespace CloudStack.Simulator.Lifecycles.Networking.Vpn;

/// <summary>Who may dial into the remote access VPNs of an account or project.</summary>
internal sealed partial class VpnUsers : ICommandFamily
{
    public const string Class = "VpnUsersResponse";
    private const int MostPerOwner = 8;

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Read("listVpnUsers", call => Listing.Of(call, Class));
        commands.Begin("addVpnUser", Add);
        commands.Begin("removeVpnUser", Remove);
    }

    private static Work Add(CommandCall call)
    {
        var owner = call.NewOwner();
        var name = call.RequiredText("username");
        if (!UserName().IsMatch(name))
        {
            throw ApiError.Refused("Invalid username: 3 to 64 letters, digits and @ . _ - are expected, the first a letter or digit.");
        }

        if (!Password().IsMatch(call.RequiredText("password")))
        {
            throw ApiError.Refused("Invalid password: 3 to 32 letters, digits and @ # + = . _ - are expected, the first a letter or digit.");
        }

        var others = call.State.Table(Class).Where(other => other.Owner == owner).ToList();
        if (others.Exists(other => other.Text("username") == name))
        {
            throw ApiError.Refused($"A VPN user {name} of {owner.Holder.Name} is there already.");
        }

        if (others.Count >= MostPerOwner)
        {
            throw ApiError.OverLimit($"{owner.Holder.Name} has {others.Count} VPN users, the most that are allowed.");
        }

        var user = call.Create(Class, owner);
        user["username"] = name;
        user["state"] = "Add";
        return Work.On(user, () => user["state"] = "Active") with { Abandon = () => call.State.Store.Remove(user) };
    }

    private static Work Remove(CommandCall call)
    {
        var owner = call.NewOwner();
        var user = call.State.Table(Class).FirstOrDefault(user => user.Owner == owner && user.Text("username") == call.Text("username"))
            ?? throw ApiError.Refused($"{owner.Holder.Name} has no VPN user {call.Text("username")}.");
        return Work.Removing(call.State.Store, user);
    }

    [GeneratedRegex("^[a-zA-Z0-9][a-zA-Z0-9@._-]{2,63}$")]
    private static partial Regex UserName();

    [GeneratedRegex("^[a-zA-Z0-9][a-zA-Z0-9@#+=._-]{2,31}$")]
    private static partial Regex Password();
}
