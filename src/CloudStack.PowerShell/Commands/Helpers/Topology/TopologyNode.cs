namespace CloudStack.PowerShell.Results;

/// <summary>A zone, pod, cluster or host in the tree of a cloud. The load of what isn't a host is the sum over its hosts.</summary>
public sealed class TopologyNode
{
    /// <summary>Zone, Pod, Cluster or Host.</summary>
    public required string Kind { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>Whether it takes work: a host's state, or the allocation state of what holds hosts.</summary>
    public string? State { get; init; }

    /// <summary>Its name behind the lines of the tree.</summary>
    public string Tree { get; internal set; } = "";

    /// <summary>How many levels it lies below its zone.</summary>
    public int Depth { get; internal set; }

    /// <summary>How many hosts it has.</summary>
    public int Hosts { get; internal set; }

    /// <summary>The CPU that is given to machines, in MHz.</summary>
    public double CpuAllocated { get; internal set; }

    /// <summary>The CPU that the hosts have, in MHz, without overcommitment.</summary>
    public double CpuTotal { get; internal set; }

    /// <summary>The memory that is given to machines, in bytes.</summary>
    public double MemoryAllocated { get; internal set; }

    /// <summary>The memory that the hosts have, in bytes, without overcommitment.</summary>
    public double MemoryTotal { get; internal set; }

    /// <summary>The allocated CPU in percent of what the hosts have; more than 100 where it's overcommitted; null where hosts don't tell.</summary>
    public double? CpuPercent => CpuTotal > 0 ? Math.Round(100 * CpuAllocated / CpuTotal, 1) : null;

    /// <summary>The allocated memory in percent of what the hosts have; null where hosts don't tell.</summary>
    public double? MemoryPercent => MemoryTotal > 0 ? Math.Round(100 * MemoryAllocated / MemoryTotal, 1) : null;

    /// <summary>What lies below it.</summary>
    public IReadOnlyList<TopologyNode> Children => Below;

    /// <summary>The connection it was read on.</summary>
    public required string Connection { get; init; }

    internal List<TopologyNode> Below { get; } = [];

    /// <inheritdoc/>
    public override string ToString() => Name;
}
