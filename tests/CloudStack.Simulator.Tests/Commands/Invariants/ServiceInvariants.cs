using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Tests.Commands.Invariants;

/// <summary>What the cloud offers beside machines: Kubernetes, quota, people's directories, notices.</summary>
internal sealed class ServiceInvariants : IInvariants
{
    private const string Cluster = "KubernetesClusterResponse";

    public IReadOnlyList<(string Command, (string Name, string Wish)[] Arguments)> Moves { get; } =
    [
        ("addKubernetesSupportedVersion", [("semanticversion", "=1.33.1"), ("mincpunumber", "=2"), ("minmemory", "=2048"), ("url", "=https://files.example/k8s.iso")]),
        ("deleteKubernetesSupportedVersion", [("id", "KubernetesSupportedVersionResponse")]),
        ("createKubernetesCluster", [("name", "*k8s-"), ("size", "=2"), ("zoneid", "ZoneResponse"), ("kubernetesversionid", "KubernetesSupportedVersionResponse"), ("serviceofferingid", "ServiceOfferingResponse?name=Medium|Large")]),
        ("startKubernetesCluster", [("id", Cluster + "?state=Stopped")]),
        ("stopKubernetesCluster", [("id", Cluster + "?state=Running")]),
        ("scaleKubernetesCluster", [("id", Cluster), ("size", "=3")]),
        ("scaleKubernetesCluster", [("id", Cluster), ("serviceofferingid", "ServiceOfferingResponse")]),
        ("deleteKubernetesCluster", [("id", Cluster)]),
        ("addUserToProject", [("projectid", "ProjectResponse"), ("username", "=dana")]),
        ("createProject", [("name", "*project-"), ("displaytext", "=More"), ("account", "=data-team"), ("domainid", "DomainResponse?name=Engineering")]),
        ("createProject", [("name", "*shop-"), ("displaytext", "=More"), ("account", "=web-team"), ("domainid", "DomainResponse?name=Engineering")]),
        ("deleteProject", [("id", "ProjectResponse"), ("cleanup", "=true")]),
        ("addUserToProject", [("projectid", "ProjectResponse"), ("username", "=ops")]),
        ("deleteUserFromProject", [("_member", "ProjectAccountResponse?userid"), ("projectid", "<_member.projectid"), ("userid", "<_member.userid")]),
        ("createAccount", [("username", "*user-"), ("accounttype", "=2"), ("password", "=p"), ("firstname", "=F"), ("lastname", "=L"), ("email", "=f@engineering.example"), ("domainid", "DomainResponse")]),
        ("deleteAccount", [("id", "AccountResponse?roletype=DomainAdmin")]),
        ("createDomain", [("name", "*domain-"), ("parentdomainid", "DomainResponse")]),
        ("deleteDomain", [("id", "DomainResponse?level=2|3"), ("cleanup", "=true")]),
        ("deleteUser", [("id", "UserResponse")]),
        ("createUser", [("account", "=data-team"), ("domainid", "DomainResponse?name=Engineering"), ("username", "=dana"), ("password", "=p"), ("firstname", "=D"), ("lastname", "=K"), ("email", "=d@engineering.example")]),
        ("updateConfiguration", [("name", "=project.invite.required"), ("value", "=true")]),
        ("resetConfiguration", [("name", "=project.invite.required")]),
        ("addAccountToProject", [("projectid", "ProjectResponse"), ("account", "=data-team")]),
        ("addAccountToProject", [("projectid", "ProjectResponse"), ("account", "=web-team")]),
        ("deleteAccountFromProject", [("_member", "ProjectAccountResponse?account=data-team"), ("projectid", "<_member.projectid"), ("account", "=data-team")]),
        ("updateProjectInvitation", [("_invited", "ProjectInvitationResponse?account"), ("projectid", "<_invited.projectid"), ("account", "<_invited.account")]),
        ("createProjectRole", [("projectid", "ProjectResponse"), ("name", "=tester")]),
        ("createProjectRolePermission", [("projectroleid", "ProjectRoleResponse"), ("projectid", "<projectroleid.projectid"), ("rule", "=list*"), ("permission", "=allow")]),
        ("deleteProjectRole", [("id", "ProjectRoleResponse"), ("projectid", "<id.projectid")]),
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
        ("runCustomAction", [("customactionid", "ExtensionCustomActionResponse?enabled=true"), ("resourceid", "UserVmResponse?name=outside")]),
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
