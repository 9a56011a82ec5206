using System.Security.Cryptography;
using System.Text;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Lifecycles.Networking;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Kubernetes;

/// <summary>Where a cluster's API is reached: a public address of its network with the port opened, or its first node.</summary>
internal static class ClusterAddress
{
    private const long Port = 6443;
    private const string Rule = "apirule";

    public static void Open(CloudState state, Entity cluster, Entity network)
    {
        var source = state.Table(ResultClass.IpAddress).FirstOrDefault(a => a.Text("associatednetworkid") == network.Id && a.Flag("issourcenat"));
        var address = source?.Text("ipaddress") ?? ClusterMachines.Of(cluster)[0].Items("nic")[0].Text("ipaddress");
        cluster["endpoint"] = $"https://{address}:{Port}/";
        if (source is null)
        {
            return;
        }

        cluster["ipaddress"] = address;
        cluster["ipaddressid"] = source.Id;
        if (PortRules.On(state, source).All(rule => rule.Class.Name != ResultClass.Firewall || rule.Number("startport") != Port))
        {
            cluster.SetAttribute(Rule, FirewallRules.Open(state, source, "tcp", Port, Port, "0.0.0.0/0"));
        }
    }

    /// <summary>Takes away what <see cref="Open"/> opened.</summary>
    public static void Close(CloudState state, Entity cluster)
    {
        if (cluster.Attribute<Entity>(Rule) is { Table: not null } rule)
        {
            state.Store.Remove(rule);
            if (state.Store.Find(cluster.Text("ipaddressid")) is { } address)
            {
                PortRules.Recount(state, address);
            }
        }
    }

    /// <summary>A configuration of <c>kubectl</c>. Its secret is made of the cluster's identifier and opens nothing.</summary>
    public static string Configuration(Entity cluster) =>
        $"""
        apiVersion: v1
        kind: Config
        clusters:
        - name: {cluster.Name}
          cluster:
            server: {cluster.Text("endpoint")?.TrimEnd('/')}
        contexts:
        - name: kubernetes-admin@{cluster.Name}
          context:
            cluster: {cluster.Name}
            user: kubernetes-admin
        current-context: kubernetes-admin@{cluster.Name}
        users:
        - name: kubernetes-admin
          user:
            token: {Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(cluster.Id)))[..32]}

        """;
}
