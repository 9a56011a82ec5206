using Cloud.Core.Objects;
using CloudStack.PowerShell.Results;

namespace CloudStack.PowerShell.Commands.Helpers.Topology;

/// <summary>Puts zones, pods, clusters and hosts together as a tree. None is left out: what names no known cluster hangs on its pod or zone.</summary>
/// <param name="connection">The connection's name.</param>
internal sealed class TopologyTree(string connection)
{
    // The fields that say what an object lies in, the closest first.
    private static readonly string[] Holders = ["clusterid", "podid", "zoneid"];

    private readonly Dictionary<string, TopologyNode> _known = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<TopologyNode> _roots = [];

    /// <summary>Adds objects; what they lie in must have been added before.</summary>
    /// <param name="kind">Zone, Pod, Cluster or Host.</param>
    /// <param name="rows">The objects.</param>
    public void Add(string kind, IEnumerable<CloudObject> rows)
    {
        foreach (var row in rows.OrderBy(row => row.GetText("name"), StringComparer.OrdinalIgnoreCase))
        {
            var node = Node(kind, row);
            (ParentOf(row)?.Below ?? _roots).Add(node);
            _known.TryAdd(node.Id, node);
        }
    }

    /// <summary>Gives the nodes in the order of the tree, each with what lies below it summed up.</summary>
    public IEnumerable<TopologyNode> Nodes()
    {
        foreach (var root in _roots)
        {
            Sum(root);
        }

        return _roots.SelectMany(root => Walk(root, "", "", 0));
    }

    private TopologyNode Node(string kind, CloudObject row)
    {
        var node = new TopologyNode
        {
            Kind = kind,
            Name = ShownText.Of(row.GetText("name"), 100),
            Id = row.GetText("id") ?? "",
            State = ShownText.Of(StateOf(kind, row), 40),
            Connection = connection,
        };
        if (kind == "Host")
        {
            node.Hosts = 1;
            node.CpuAllocated = row.GetNumber("cpuallocatedvalue") ?? 0;
            node.CpuTotal = (row.GetNumber("cpunumber") ?? 0) * (row.GetNumber("cpuspeed") ?? 0);
            node.MemoryAllocated = row.GetNumber("memoryallocatedbytes") ?? row.GetNumber("memoryallocated") ?? 0;
            node.MemoryTotal = row.GetNumber("memorytotal") ?? 0;
        }

        return node;
    }

    // A host that is up but takes no machines, in maintenance for one, says so.
    private static string? StateOf(string kind, CloudObject row) => kind != "Host" ? row.GetText("allocationstate")
        : row.GetText("resourcestate") is { } resource and not "Enabled" ? resource
        : row.GetText("state");

    private TopologyNode? ParentOf(CloudObject row) => Holders
        .Select(field => row.GetText(field))
        .Select(id => id is not null && _known.TryGetValue(id, out var parent) ? parent : null)
        .FirstOrDefault(parent => parent is not null);

    private static void Sum(TopologyNode node)
    {
        foreach (var child in node.Below)
        {
            Sum(child);
            node.Hosts += child.Hosts;
            node.CpuAllocated += child.CpuAllocated;
            node.CpuTotal += child.CpuTotal;
            node.MemoryAllocated += child.MemoryAllocated;
            node.MemoryTotal += child.MemoryTotal;
        }
    }

    private static IEnumerable<TopologyNode> Walk(TopologyNode node, string lines, string below, int depth)
    {
        node.Tree = lines + node.Name;
        node.Depth = depth;
        yield return node;
        for (var i = 0; i < node.Below.Count; i++)
        {
            var isLast = i == node.Below.Count - 1;
            foreach (var inner in Walk(node.Below[i], below + (isLast ? "└─ " : "├─ "), below + (isLast ? "   " : "│  "), depth + 1))
            {
                yield return inner;
            }
        }
    }
}
