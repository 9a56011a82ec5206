using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Networking;

/// <summary>Accounts and projects that may use a network of another owner: see it and put machines on it, and nothing else.</summary>
internal sealed class NetworkPermissions : ICommandFamily
{
    private const string Permitted = "permitted";

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Read("listNetworkPermissions", List);
        commands.Do("createNetworkPermissions", call => Change(call, (network, holders) => Of(network).Union(holders)));
        commands.Do("removeNetworkPermissions", call => Change(call, (network, holders) => Of(network).Except(holders)));
        commands.Do("resetNetworkPermissions", Reset);
    }

    /// <summary>True where an account or project may use a network that isn't its own.</summary>
    public static bool Include(Entity network, Entity holder) =>
        network.Attribute<List<Entity>>(Permitted)?.Contains(holder) == true;

    /// <summary>A network that the caller wants to put a machine on.</summary>
    /// <exception cref="ApiError">There is no such network, or the caller may not use it.</exception>
    public static Entity Usable(CommandCall call, string parameter, string id)
    {
        if (call.State.Store.Find(ResultClass.Network, id) is not { } network)
        {
            throw ApiError.NoEntity(call.Command.Name, parameter, id);
        }

        if (!Include(network, call.Caller.Account))
        {
            call.DemandSight(network);
        }

        return network;
    }

    // Who was deleted meanwhile is left out.
    private static IEnumerable<Entity> Of(Entity network) =>
        (network.Attribute<List<Entity>>(Permitted) ?? []).Where(holder => holder.Table is not null);

    private static Answer List(CommandCall call)
    {
        var network = call.Target("networkid");
        return Answer.List(Of(network).Select(holder =>
        {
            var entry = call.New(call.Command.Result);
            (holder.Class.Name == ResultClass.Project ? Owner.OfProject(holder) : Owner.OfAccount(holder)).Claim(entry);
            entry["networkid"] = network.Id;
            return entry;
        }));
    }

    private static Answer Change(CommandCall call, Func<Entity, List<Entity>, IEnumerable<Entity>> change)
    {
        var network = Target(call);
        var holders = call.FindAll("projectids").Concat(Accounts(call, network)).ToList();
        if (holders.Count == 0)
        {
            throw ApiError.Refused("Please specify accounts, accountids or projectids.");
        }

        if (holders.Contains(network.Owner!.Holder))
        {
            throw ApiError.Refused($"{network.Owner.Holder.Name} owns the network {network.Name} and needs no permission.");
        }

        network.SetAttribute(Permitted, change(network, holders).ToList());
        return Answer.Done;
    }

    private static Answer Reset(CommandCall call)
    {
        Target(call).SetAttribute(Permitted, null);
        return Answer.Done;
    }

    private static Entity Target(CommandCall call)
    {
        var network = call.Target("networkid");
        if (network.Text("acltype") != "Account" || network.Text("vpcid") is not null)
        {
            throw ApiError.Refused($"Only a network of one account that is no tier of a VPC can be shared by permission, and {network.Name} isn't one.");
        }

        return network.Owner == call.Caller.Owner || call.Caller.Role != Identity.RoleType.User
            || (network.Owner!.Project is { } project && call.Caller.IsMember(project))
                ? network
                : throw ApiError.NotPermitted($"Only the owner of the network {network.Name} may share it.");
    }

    private static IEnumerable<Entity> Accounts(CommandCall call, Entity network)
    {
        // The owner names accounts of its domain that it can't see otherwise.
        var accounts = call.State.Table(ResultClass.Account).Where(account => Owner.OfAccount(account).Domain == network.Owner!.Domain).ToList();
        foreach (var id in call.Texts("accountids"))
        {
            yield return accounts.Find(account => account.Id == id) ?? throw Unknown(id, network);
        }

        foreach (var name in call.Texts("accounts"))
        {
            yield return accounts.Find(account => account.Name == name) ?? throw Unknown(name, network);
        }
    }

    private static ApiError Unknown(string account, Entity network) =>
        ApiError.Refused($"Unable to find the account {account} in the domain {network.Owner!.Domain.Name} of the network {network.Name}.");
}
