using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Networking.Vpc;

/// <summary>Network ACL lists: two that every VPC may use and nobody may change, and those of one VPC.</summary>
internal sealed class AclLists : ICommandFamily
{
    public const string Class = "NetworkACLResponse";
    public const string AllowAll = "default_allow";
    public const string DenyAll = "default_deny";

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Read("listNetworkACLLists", List);
        commands.Begin("createNetworkACLList", Create);
        commands.Begin("updateNetworkACLList", Update);
        commands.Begin("deleteNetworkACLList", Delete);
        commands.Begin("replaceNetworkACLList", Replace);
    }

    /// <summary>Makes the lists that every cloud has.</summary>
    public static void PlantDefaults(CloudState state)
    {
        foreach (var (name, action, text) in (ReadOnlySpan<(string, string, string)>)
            [(DenyAll, "Deny", "Lets nothing through"), (AllowAll, "Allow", "Lets everything through")])
        {
            var list = Add(state, null, name, text);
            foreach (var (direction, number) in (ReadOnlySpan<(string, long)>)[("Ingress", 1), ("Egress", 2)])
            {
                var item = AclItems.Add(state, list, number);
                item["protocol"] = "all";
                item["action"] = action;
                item["traffictype"] = direction;
                item["cidrlist"] = "0.0.0.0/0";
            }
        }
    }

    public static Entity Default(CloudState state, string name) => state.Table(Class).First(list => list.Name == name && IsDefault(list));

    public static bool IsDefault(Entity list) => list.Text("vpcid") is null && list.Name is AllowAll or DenyAll;

    /// <exception cref="ApiError">The list belongs to another VPC.</exception>
    public static void DemandFits(Entity list, Entity vpc)
    {
        if (list.Text("vpcid") is { } id && id != vpc.Id)
        {
            throw ApiError.Refused($"The ACL list {list.Name} isn't one of the VPC {vpc.Name}.");
        }
    }

    /// <summary>Puts a list before a tier or a private gateway.</summary>
    public static void Assign(Entity guarded, Entity list)
    {
        guarded["aclid"] = list.Id;
        guarded["aclname"] = list.Link("name");
    }

    /// <summary>Makes a list of a VPC, or of all where that is null.</summary>
    public static Entity Add(CloudState state, Entity? vpc, string name, string? description)
    {
        var list = state.New(Class);
        list["name"] = name;
        list["description"] = description;
        list["fordisplay"] = true;
        list["vpcid"] = vpc?.Id;
        list["vpcname"] = vpc?.Link("name");
        list.Owner = vpc?.Owner;
        state.Store.Add(list);
        return list;
    }

    /// <summary>Takes a list away with its rules.</summary>
    public static void Remove(CloudState state, Entity list)
    {
        foreach (var item in AclItems.Of(state, list))
        {
            state.Store.Remove(item);
        }

        state.Store.Remove(list);
    }

    /// <exception cref="ApiError">The list is one that nobody may change, or one for all that the caller may not.</exception>
    public static void DemandChangeable(CommandCall call, Entity list)
    {
        if (IsDefault(list))
        {
            throw ApiError.Refused($"The default ACL list {list.Name} can't be changed.");
        }

        if (list.Text("vpcid") is null && !call.Caller.IsRoot)
        {
            throw ApiError.NotPermitted("Only root administrators may change ACL lists that are for all VPCs.");
        }
    }

    private static Answer List(CommandCall call)
    {
        var network = call.Find("networkid");
        // A VPC can use its own lists and those for all.
        var vpc = call.Text("vpcid");
        return Listing.Of(
            call, Class,
            list => (network is null || network.Text("aclid") == list.Id) && (vpc is null || list.Text("vpcid") is not { } id || id == vpc),
            "networkid", "vpcid");
    }

    private static Work Create(CommandCall call)
    {
        var vpc = call.Find("vpcid");
        if (vpc is null && !call.Caller.IsRoot)
        {
            throw ApiError.NotPermitted("Only root administrators may make ACL lists for all VPCs; please specify vpcid.");
        }

        var list = Add(call.State, vpc, call.RequiredText("name"), call.Text("description"));
        call.Apply(list, "fordisplay");
        return new Work(list, () => Answer.Of(list)) { Abandon = () => Remove(call.State, list) };
    }

    private static Work Update(CommandCall call)
    {
        var list = call.Target("id");
        return Work.On(list, () => call.Apply(list, "name", "description", "fordisplay")) with
        {
            Begin = () => DemandChangeable(call, list),
        };
    }

    private static Work Delete(CommandCall call)
    {
        var list = call.Target("id");
        return new Work(list, () =>
        {
            Remove(call.State, list);
            return Answer.Done;
        })
        {
            Begin = () =>
            {
                DemandChangeable(call, list);
                foreach (var className in (string[])[ResultClass.Network, PrivateGateways.Class])
                {
                    if (call.State.Table(className).FirstOrDefault(guarded => guarded.Text("aclid") == list.Id) is { } user)
                    {
                        throw ApiError.Refused(
                            $"The ACL list {list.Name} guards {user.Name ?? user.Text("ipaddress")} and can't be deleted before that has another.");
                    }
                }
            },
        };
    }

    private static Work Replace(CommandCall call)
    {
        var list = call.Target("aclid");
        var (network, gateway) = (call.Find("networkid"), call.Find("gatewayid"));
        var guarded = (network, gateway) switch
        {
            (null, null) => throw ApiError.Refused("Please specify networkid or gatewayid: what the ACL list is to guard."),
            ({ }, { }) => throw ApiError.Refused("Please specify either networkid or gatewayid, not both."),
            _ => (network ?? gateway)!,
        };
        var vpc = call.State.Store.Find(guarded.Text("vpcid"))
            ?? throw ApiError.Refused($"The network {guarded.Name} isn't a tier of a VPC, so it has no ACL list.");
        DemandFits(list, vpc);
        return new Work(list, () =>
        {
            Assign(guarded, list);
            return Answer.Done;
        })
        {
            Queue = guarded,
        };
    }
}
