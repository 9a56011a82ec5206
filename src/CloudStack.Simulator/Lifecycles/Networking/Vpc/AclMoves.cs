using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Networking.Vpc;

/// <summary>A rule takes another place in its ACL list; rules that stand in the way move down by one.</summary>
internal static class AclMoves
{
    public static Work Move(CommandCall call)
    {
        var item = call.Look("id", call.RequiredText("id"), AclItems.Class);
        var (before, after) = (Neighbour(call, "previousaclruleid"), Neighbour(call, "nextaclruleid"));
        if ((before ?? after) is null)
        {
            throw ApiError.Refused("Please name previousaclruleid or nextaclruleid: the rule's new neighbour.");
        }

        if ((before ?? after)!.Text("aclid") != item.Text("aclid") || (after ?? before)!.Text("aclid") != item.Text("aclid"))
        {
            throw ApiError.Refused("The rules named stand in different ACL lists.");
        }

        var list = AclItems.ListOf(call.State, item);
        return Work.On(item, () => Place(AclItems.Of(call.State, list), item, before, after)) with
        {
            Queue = list,
            Begin = () =>
            {
                AclLists.DemandChangeable(call, list);
                DemandUnchanged(call, AclItems.Of(call.State, list));
            },
        };
    }

    /// <summary>What a caller sends to move a rule only if nobody else has changed the list's order meanwhile.</summary>
#pragma warning disable CA5351 // The server's choice of checksum; nothing is kept safe by it.
    public static string HashOf(IEnumerable<Entity> items) =>
        string.Concat(MD5.HashData(Encoding.ASCII.GetBytes(string.Concat(items.Select(item => item.Id))))
            .Select(octet => octet.ToString("x2", CultureInfo.InvariantCulture)));
#pragma warning restore CA5351

    private static Entity? Neighbour(CommandCall call, string name) =>
        call.Text(name) is { Length: > 0 } id ? call.Look(name, id, AclItems.Class) : null;

    private static void DemandUnchanged(CommandCall call, List<Entity> items)
    {
        if (call.Text("aclconsistencyhash") is { Length: > 0 } hash && hash != HashOf(items))
        {
            throw ApiError.Refused("The ACL list isn't any more what aclconsistencyhash was made of; look at it again and repeat.");
        }
    }

    private static void Place(List<Entity> items, Entity item, Entity? before, Entity? after)
    {
        var others = items.Where(other => other != item).ToList();
        var number = (before, after) switch
        {
            (null, _) => 1,
            (_, null) => others[^1].Number("number") + 1,
            _ => before.Number("number") + 1,
        };
        item["number"] = number;
        foreach (var other in others.Where(other => other.Number("number") >= number))
        {
            if (other.Number("number") != number)
            {
                break;
            }

            other["number"] = ++number;
        }
    }
}
