using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Tests.Commands.Invariants;

/// <summary>What the cloud offers beside machines: Kubernetes, quota, people's directories, notices.</summary>
internal sealed class ServiceInvariants : IInvariants
{
    private const string Cluster = "KubernetesClusterResponse";

    public IReadOnlyList<(string Command, (string Name, string Class)[] Arguments)> Moves { get; } =
    [
        ("addKubernetesSupportedVersion", [("semanticversion", "=1.33.1"), ("mincpunumber", "=2"), ("minmemory", "=2048"), ("url", "=https://files.example/k8s.iso")]),
        ("deleteKubernetesSupportedVersion", [("id", "KubernetesSupportedVersionResponse")]),
        ("createKubernetesCluster", [("name", "=k8s"), ("size", "=2"), ("zoneid", "ZoneResponse"), ("kubernetesversionid", "KubernetesSupportedVersionResponse"), ("serviceofferingid", "ServiceOfferingResponse")]),
        ("startKubernetesCluster", [("id", Cluster)]),
        ("stopKubernetesCluster", [("id", Cluster)]),
        ("scaleKubernetesCluster", [("id", Cluster), ("size", "=3")]),
        ("scaleKubernetesCluster", [("id", Cluster), ("serviceofferingid", "ServiceOfferingResponse")]),
        ("deleteKubernetesCluster", [("id", Cluster)]),
        ("addUserToProject", [("projectid", "ProjectResponse"), ("username", "=dana")]),
        ("addUserToProject", [("projectid", "ProjectResponse"), ("username", "=ops")]),
        ("deleteUserFromProject", [("projectid", "ProjectResponse"), ("userid", "UserResponse")]),
        ("deleteUser", [("id", "UserResponse")]),
        ("createUser", [("account", "=data-team"), ("domainid", "DomainResponse"), ("username", "=dana"), ("password", "=p"), ("firstname", "=D"), ("lastname", "=K"), ("email", "=d@engineering.example")]),
        ("updateConfiguration", [("name", "=project.invite.required"), ("value", "=true")]),
        ("resetConfiguration", [("name", "=project.invite.required")]),
        ("addAccountToProject", [("projectid", "ProjectResponse"), ("account", "=data-team")]),
        ("deleteAccountFromProject", [("projectid", "ProjectResponse"), ("account", "=data-team")]),
        ("updateProjectInvitation", [("projectid", "ProjectResponse"), ("account", "=data-team")]),
        ("createProjectRole", [("projectid", "ProjectResponse"), ("name", "=tester")]),
        ("createProjectRolePermission", [("projectid", "ProjectResponse"), ("projectroleid", "ProjectRoleResponse"), ("rule", "=list*"), ("permission", "=allow")]),
        ("deleteProjectRole", [("projectid", "ProjectResponse"), ("id", "ProjectRoleResponse")]),
        ("createWebhook", [("name", "=hook"), ("payloadurl", "=http://203.0.113.9/hook"), ("scope", "=Global")]),
        ("deleteWebhook", [("id", "WebhookResponse")]),
        ("executeWebhookDelivery", [("webhookid", "WebhookResponse")]),
        ("createExtension", [("name", "=Metal"), ("type", "=Orchestrator")]),
        ("deleteExtension", [("id", "ExtensionResponse")]),
        ("addCluster", [("podid", "PodResponse"), ("zoneid", "ZoneResponse"), ("clustername", "=outside"), ("clustertype", "=CloudManaged"), ("hypervisor", "=External"), ("extensionid", "ExtensionResponse")]),
        ("unregisterExtension", [("extensionid", "ExtensionResponse"), ("resourceid", "ClusterResponse"), ("resourcetype", "=Cluster")]),
        ("registerExtension", [("extensionid", "ExtensionResponse"), ("resourceid", "ClusterResponse"), ("resourcetype", "=Cluster")]),
        ("addCustomAction", [("extensionid", "ExtensionResponse"), ("name", "=blink"), ("enabled", "=true")]),
        ("deleteCustomAction", [("id", "ExtensionCustomActionResponse")]),
        ("runCustomAction", [("customactionid", "ExtensionCustomActionResponse"), ("resourceid", "UserVmResponse")]),
        ("generateUsageRecords", []),
        ("quotaUpdate", []),
        ("quotaTariffDelete", [("id", "QuotaTariffResponse")]),
    ];

    public IReadOnlyList<(string Class, string Field)> References { get; } =
    [
        ("ProjectAccountResponse", "userid"), ("ProjectAccountResponse", "accountid"), ("ProjectAccountResponse", "projectid"),
        ("ProjectInvitationResponse", "projectid"), ("ProjectInvitationResponse", "userid"), ("ProjectRolePermissionResponse", "projectroleid"),
        ("WebhookDeliveryResponse", "webhookid"), (Cluster, "kubernetesversionid"), (Cluster, "networkid"), (Cluster, "zoneid"), ("KubernetesSupportedVersionResponse", "isoid"),
        ("ClusterResponse", "extensionid"), ("ExtensionCustomActionResponse", "extensionid"),
    ];

    public IEnumerable<string> Problems(CloudStore store)
    {
        foreach (var cluster in store.Table(Cluster))
        {
            var machines = cluster.Items("virtualmachines");
            if (machines.FirstOrDefault(machine => machine.Table is null) is { } gone)
            {
                yield return $"{cluster} has the node {gone}, which is gone.";
            }

            if (cluster.State == "Running" && machines.Count < cluster.Number("size") + cluster.Number("controlnodes"))
            {
                yield return $"{cluster} is Running with {machines.Count} nodes.";
            }

            if (cluster.Text("cpunumber") is { } cpus && cpus != $"{machines.Sum(machine => machine.Number("cpunumber"))}")
            {
                yield return $"{cluster} shows {cpus} CPUs, its nodes have others.";
            }
        }
    }
}
