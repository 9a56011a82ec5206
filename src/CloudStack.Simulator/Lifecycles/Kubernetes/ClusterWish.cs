using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Lifecycles.Compute;
using CloudStack.Simulator.Lifecycles.Images;
using CloudStack.Simulator.Lifecycles.Networking;
using CloudStack.Simulator.Lifecycles.Networking.Physical;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Kubernetes;

/// <summary>The cluster that <c>createKubernetesCluster</c> asks for, checked.</summary>
internal sealed record ClusterWish(Owner Owner, Entity Zone, bool IsExternal)
{
    public const long MostNodes = 10;
    private static readonly string[] Kinds = ["control", "etcd", "worker"];

    public Entity? Version { get; private init; }

    public Entity? Offering { get; private init; }

    public IReadOnlyDictionary<string, Entity> Offerings { get; private init; } = new Dictionary<string, Entity>();

    public Entity? Template { get; private init; }

    /// <summary>How many nodes of each kind, in the order in which they're made.</summary>
    public IReadOnlyList<(string Kind, long Count)> Nodes { get; private init; } = [];

    /// <exception cref="ApiError">Something asked for can't be had.</exception>
    public static ClusterWish Of(CommandCall call)
    {
        var owner = call.NewOwner();
        var zone = call.Target("zoneid");
        if (!KubernetesClusters.NameForm().IsMatch(call.RequiredText("name")))
        {
            throw ApiError.Refused($"Invalid name {call.Text("name")} for a Kubernetes cluster: letters, digits and hyphens, 63 at most.");
        }

        if (zone.Text("allocationstate") != "Enabled")
        {
            throw ApiError.NotPermitted($"Cannot perform this operation, Zone is currently disabled: {zone.Name}");
        }

        var wish = new ClusterWish(owner, zone, call.Text("clustertype") switch
        {
            null or "CloudManaged" => false,
            KubernetesClusters.External => true,
            var other => throw ApiError.Refused($"Invalid cluster type {other}: it's CloudManaged or {KubernetesClusters.External}."),
        });
        return wish.IsExternal ? wish : wish.Managed(call);
    }

    public void Describe(CommandCall call, Entity cluster)
    {
        call.Apply(cluster, "name", "description", "keypair");
        cluster["clustertype"] = IsExternal ? KubernetesClusters.External : "CloudManaged";
        cluster["zoneid"] = Zone.Id;
        cluster["zonename"] = Zone.Link("name");
        cluster["controlnodes"] = CountOf("control");
        cluster["masternodes"] = CountOf("control");
        cluster["etcdnodes"] = CountOf("etcd");
        cluster["size"] = CountOf("worker");
        cluster["autoscalingenabled"] = false;
        cluster["csienabled"] = call.IsSet("enablecsi");
        cluster["kubernetesversionid"] = Version?.Id;
        cluster["kubernetesversionname"] = Version?.Link("name");
        cluster["templateid"] = Template?.Id;
        cluster["templatename"] = Template?.Link("name");
        ClusterMachines.Follow(cluster);
        KubernetesSizes.ShowOfferings(cluster, Offering, Offerings);
        if (call.Find("cniconfigurationid") is { } cni)
        {
            cluster["cniconfigurationid"] = cni.Id;
            cluster["cniconfigname"] = cni.Link("name");
        }
    }

    public ClusterPlan Plan(CommandCall call, Entity cluster)
    {
        var named = call.Find("networkid");
        var network = named ?? GuestNetworks.Create(
            call.State, Owner, Zone, DefaultOffering(call.State), $"{cluster.Name}-network", null);
        return new ClusterPlan(Zone, network, Template!, call.Caller.User, Offering!)
        {
            Offerings = Offerings,
            RootGigabytes = call.Number("noderootdisksize"),
            OwnsNetwork = named is null,
        };
    }

    private long CountOf(string kind) => Nodes.FirstOrDefault(nodes => nodes.Kind == kind).Count;

    private ClusterWish Managed(CommandCall call)
    {
        var version = call.Target("kubernetesversionid");
        KubernetesVersions.DemandUsable(call.State, version, Zone);
        var offering = call.Target("serviceofferingid");
        ClusterPlan.DemandLarge(offering, version);
        var offerings = OfferingsByKind(call, version);
        var nodes = CheckedNodes(call, version);
        DemandNetwork(call);
        SshKeyPairs.Named(call, Owner);
        var template = call.State.Table(ResultClass.Template).FirstOrDefault(t =>
                !TemplateBuilder.IsIso(t) && t.Flag("isready") && t.Flag("ispublic") && (t.Flag("crossZones") || t.Text("zoneid") == Zone.Id))
            ?? throw ApiError.Refused($"Zone {Zone.Name} has no template that nodes could be made of.");
        if (call.Number("noderootdisksize") is { } gigabytes && gigabytes << 30 < template.Number("size"))
        {
            throw ApiError.Refused($"The root disk size of {gigabytes} GB is smaller than the template {template.Name}.");
        }

        var bytes = call.Number("noderootdisksize") << 30 ?? template.Number("size");
        foreach (var (kind, count) in nodes)
        {
            ClusterPlan.DemandRoom(call.State, Owner, offerings.GetValueOrDefault(kind) ?? offering, count, bytes);
        }

        return this with { Version = version, Offering = offering, Offerings = offerings, Template = template, Nodes = nodes };
    }

    private static List<(string Kind, long Count)> CheckedNodes(CommandCall call, Entity version)
    {
        var control = call.Number("controlnodes") ?? call.Number("masternodes") ?? 1;
        var workers = call.Number("size") ?? 1;
        var etcd = call.Number("etcdnodes") ?? 0;
        if (control < 1 || workers < 1 || etcd < 0 || control > MostNodes || etcd > MostNodes || control + workers > MostNodes)
        {
            throw ApiError.Refused($"Invalid cluster size: at least one control node and one worker, and at most {MostNodes} together.");
        }

        return control == 1 || version.Flag("supportsha")
            ? [("control", control), ("etcd", etcd), ("worker", workers)]
            : throw ApiError.Refused($"Kubernetes version {version.Name} doesn't support several control nodes.");
    }

    private static Dictionary<string, Entity> OfferingsByKind(CommandCall call, Entity version)
    {
        var offerings = new Dictionary<string, Entity>(StringComparer.Ordinal);
        foreach (var (kind, id) in call.Map("nodeofferings"))
        {
            if (!Kinds.Contains(kind))
            {
                throw ApiError.Refused($"Unknown kind of node {kind}: there are {string.Join(", ", Kinds)}.");
            }

            offerings[kind] = call.Look("nodeofferings", id, ResultClass.ServiceOffering);
            ClusterPlan.DemandLarge(offerings[kind], version);
        }

        return offerings;
    }

    private void DemandNetwork(CommandCall call)
    {
        if (call.Find("networkid") is not { } network)
        {
            PhysicalNetworks.ForGuests(call.State, Zone, DefaultOffering(call.State));
            return;
        }

        if (network.Text("zoneid") != Zone.Id)
        {
            throw ApiError.Refused($"Network {network.Name} isn't in zone {Zone.Name}.");
        }

        if (network.Text("acltype") == "Account" && network.Owner?.Holder != Owner.Holder)
        {
            throw ApiError.NotPermitted($"Unable to use network {network.Name}: it doesn't belong to the cluster's owner.");
        }

        GuestNetworks.DemandAddress(network, null);
    }

    private static Entity DefaultOffering(CloudState state) => state.Table(ResultClass.NetworkOffering)
        .FirstOrDefault(o => o.Text("guestiptype") == "Isolated" && o.Text("availability") == "Required" && o.State == "Enabled")
        ?? throw ApiError.Refused("No network offering is there to make the cluster's network of; please specify networkid.");
}
