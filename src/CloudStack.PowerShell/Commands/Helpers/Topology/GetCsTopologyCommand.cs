using System.Management.Automation;
using Cloud.Core.Operations;
using CloudStack.Client.Models;
using CloudStack.PowerShell.Binding;
using CloudStack.PowerShell.Commands.Helpers;
using CloudStack.PowerShell.Commands.Helpers.Topology;
using CloudStack.PowerShell.Completion;
using CloudStack.PowerShell.Connections;
using CloudStack.PowerShell.Results;

namespace CloudStack.PowerShell.Commands;

/// <summary>Shows zones, pods, clusters and hosts as a tree with their load.</summary>
[Cmdlet(VerbsCommon.Get, "CsTopology")]
[OutputType(typeof(TopologyNode))]
public sealed class GetCsTopologyCommand : CloudCmdlet
{
    // Beside the hosts that run machines there are system machines among them; they have a type of their own.
    private static readonly (string Kind, string List, string? Type)[] Levels =
        [("Pod", "listPods", null), ("Cluster", "listClusters", null), ("Host", "listHosts", "Routing")];

    /// <summary>The zone: its id, its name or the object; without it, all zones.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(NameCompleter))]
    public Identity<Zone>? ZoneId { get; set; }

    private protected override object? ErrorTarget => ZoneId?.Text;

    private protected override void Process()
    {
        ForEachConnection(connection =>
            WriteObject(Run(connection, (host, token) => ReadAsync(connection, host, token)).Nodes(), enumerateCollection: true));
    }

    private async Task<TopologyTree> ReadAsync(CloudConnection connection, IOperationHost host, CancellationToken cancellationToken)
    {
        var tree = new TopologyTree(connection.Name);
        tree.Add("Zone", await connection.ReadAsync(host, "listZones", [("id", ZoneId?.Text)], cancellationToken).ConfigureAwait(false));
        foreach (var (kind, list, type) in Levels)
        {
            tree.Add(kind, await connection.ReadAsync(host, list, [("zoneid", ZoneId?.Text), ("type", type)], cancellationToken).ConfigureAwait(false));
        }

        return tree;
    }
}
