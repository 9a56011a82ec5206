using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Lifecycles.Access.Limits;
using CloudStack.Simulator.Lifecycles.Storage;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Kubernetes;

/// <summary>What a cluster's nodes are made of; everything was checked before.</summary>
internal sealed record ClusterPlan(Entity Zone, Entity Network, Entity Template, Entity User, Entity Offering)
{
    private const string Attribute = "plan";

    /// <summary>Offerings of nodes of one kind, where they have their own.</summary>
    public IReadOnlyDictionary<string, Entity> Offerings { get; init; } = new Dictionary<string, Entity>();

    public long? RootGigabytes { get; init; }

    /// <summary>True where the network was made for the cluster, and goes with it.</summary>
    public bool OwnsNetwork { get; init; }

    public static ClusterPlan? Of(Entity cluster) => cluster.Attribute<ClusterPlan>(Attribute);

    public void Keep(Entity cluster) => cluster.SetAttribute(Attribute, this);

    public Entity OfferingOf(string kind) => Offerings.GetValueOrDefault(kind) ?? Offering;

    /// <summary>Checks that an owner may have so many more nodes.</summary>
    /// <exception cref="ApiError">A limit would be passed.</exception>
    public static void DemandRoom(CloudState state, Owner owner, Entity offering, long nodes, long bytesEach)
    {
        ResourceLimits.Demand(state, owner, LimitedResource.Machine, nodes);
        ResourceLimits.Demand(state, owner, LimitedResource.Cpu, nodes * offering.Number("cpunumber"));
        ResourceLimits.Demand(state, owner, LimitedResource.Memory, nodes * offering.Number("memory"));
        ResourceLimits.Demand(state, owner, LimitedResource.Volume, nodes);
        ResourceLimits.Demand(state, owner, LimitedResource.PrimaryStorage, nodes * bytesEach);
    }

    public void DemandRoom(CloudState state, Owner owner, string kind, long nodes) =>
        DemandRoom(state, owner, OfferingOf(kind), nodes, RootGigabytes * VolumeBuilder.Gigabyte ?? Template.Number("size"));

    /// <exception cref="ApiError">Nodes of the offering are too small for the version, or their size isn't fixed.</exception>
    public static void DemandLarge(Entity offering, Entity version)
    {
        if (offering.State != "Active" || offering.Flag("iscustomized"))
        {
            throw ApiError.Refused($"Custom or inactive service offerings such as {offering.Name} can't be used for a Kubernetes cluster.");
        }

        if (offering.Number("cpunumber") < version.Number("mincpunumber") || offering.Number("memory") < version.Number("minmemory"))
        {
            throw ApiError.Refused(
                $"Nodes of {offering.Name} are too small: Kubernetes version {version.Name} needs {version.Number("mincpunumber")} CPUs "
                + $"and {version.Number("minmemory")} MB.");
        }
    }
}
