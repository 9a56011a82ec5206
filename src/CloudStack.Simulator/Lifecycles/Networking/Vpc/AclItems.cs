using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Networking.Vpc;

/// <summary>The rules of ACL lists, which hold in the order of their numbers.</summary>
internal sealed class AclItems : ICommandFamily
{
    public const string Class = "NetworkACLItemResponse";

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Read("listNetworkACLs", List);
        commands.Begin("createNetworkACL", Create);
        commands.Begin("updateNetworkACLItem", Update);
        commands.Begin("deleteNetworkACL", Delete);
        commands.Begin("moveNetworkAclItem", AclMoves.Move);
    }

    /// <summary>A list's rules in their order.</summary>
    public static List<Entity> Of(CloudState state, Entity list) =>
        [.. state.Table(Class).Where(item => item.Text("aclid") == list.Id).OrderBy(item => item.Number("number"))];

    /// <summary>Puts an empty rule into a list.</summary>
    public static Entity Add(CloudState state, Entity list, long number)
    {
        var item = state.New(Class);
        item["aclid"] = list.Id;
        item["aclname"] = list.Link("name");
        item["number"] = number;
        item["state"] = "Active";
        item["fordisplay"] = true;
        item.Owner = list.Owner;
        state.Store.Add(item);
        return item;
    }

    /// <summary>The list that a rule stands in.</summary>
    public static Entity ListOf(CloudState state, Entity item) => state.Store.Find(item.Text("aclid"))!;

    private static Answer List(CommandCall call)
    {
        var network = call.Find("networkid");
        var answer = Listing.Filter(
            call, call.State.Table(Class), Scope.Of(call),
            item => network is null || item.Text("aclid") == network.Text("aclid"), "networkid");
        return Answer.List(answer.OrderBy(item => item.Text("aclname"), StringComparer.Ordinal).ThenBy(item => item.Number("number")));
    }

    private static Work Create(CommandCall call)
    {
        var terms = AclTerms.OfNew(call);
        var network = call.Find("networkid");
        var list = call.Find("aclid") ?? ListOf(call, network);
        if (list is not null)
        {
            AclLists.DemandChangeable(call, list);
        }

        var number = NumberOf(call, list, null) ?? NextNumber(call.State, list);
        var isOwnList = list is null;
        list ??= NewListOf(call, network!);
        var item = Add(call.State, list, number);
        terms.Show(item);
        call.Apply(item, "fordisplay", "reason");
        return new Work(item, () => Answer.Of(item))
        {
            Queue = list,
            Abandon = () =>
            {
                call.State.Store.Remove(item);
                if (isOwnList)
                {
                    AclLists.Assign(network!, AclLists.Default(call.State, AclLists.DenyAll));
                    AclLists.Remove(call.State, list);
                }
            },
        };
    }

    /// <summary>A tier's own list, or null where it has only the one that lets nothing through.</summary>
    private static Entity? ListOf(CommandCall call, Entity? network)
    {
        if (network is null)
        {
            throw ApiError.Refused("Please specify aclid or networkid: where the ACL rule is to stand.");
        }

        if (network.Text("vpcid") is null)
        {
            throw ApiError.Refused($"The network {network.Name} isn't a tier of a VPC, so it has no ACL list.");
        }

        return call.State.Store.Find(network.Text("aclid")) is { } list && list.Name != AclLists.DenyAll ? list : null;
    }

    private static Entity NewListOf(CommandCall call, Entity network)
    {
        var vpc = call.State.Store.Find(network.Text("vpcid"))!;
        var list = AclLists.Add(call.State, vpc, $"{vpc.Name}-{network.Name}-acl", $"Made with the first rule of the tier {network.Name}");
        AclLists.Assign(network, list);
        return list;
    }

    private static Work Update(CommandCall call)
    {
        var item = call.Target("id");
        var list = ListOf(call.State, item);
        var terms = AclTerms.OfChanged(call, item, isPartial: call.Flag("partialupgrade") ?? true);
        return Work.On(item, () =>
        {
            terms.Show(item);
            call.Apply(item, "fordisplay", "reason", "number");
        }) with
        {
            Queue = list,
            Begin = () =>
            {
                AclLists.DemandChangeable(call, list);
                NumberOf(call, list, item);
            },
        };
    }

    private static long? NumberOf(CommandCall call, Entity? list, Entity? except)
    {
        if (call.Number("number") is not { } number)
        {
            return null;
        }

        if (number < 1)
        {
            throw ApiError.Refused($"Invalid number {number} of an ACL rule; numbers begin at 1.");
        }

        return list is not null && Of(call.State, list).Any(item => item != except && item.Number("number") == number)
            ? throw ApiError.Refused($"The ACL list {list.Name} has a rule of the number {number} already.")
            : number;
    }

    private static long NextNumber(CloudState state, Entity? list) =>
        list is not null && Of(state, list) is [.., var last] ? last.Number("number") + 1 : 1;

    private static Work Delete(CommandCall call)
    {
        var item = call.Target("id");
        var list = ListOf(call.State, item);
        return Work.Removing(call.State.Store, item) with
        {
            Queue = list,
            Begin = () => AclLists.DemandChangeable(call, list),
        };
    }
}
