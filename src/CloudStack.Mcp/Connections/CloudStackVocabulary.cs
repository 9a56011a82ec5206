using CloudStack.Mcp.Server;

namespace CloudStack.Mcp.Connections;

/// <summary>What the server's own rules need to know about CloudStack's words.</summary>
internal static class CloudStackVocabulary
{
    /// <summary>The vocabulary.</summary>
    public static CloudVocabulary Instance { get; } = new("CloudStack", TellingFields, Abbreviations, Synonyms)
    {
        Scheme = "cloudstack",
        Entities =
        [
            "VirtualMachine", "Volume", "Snapshot", "Network", "Vpc", "PublicIpAddress", "LoadBalancerRule", "SecurityGroup", "Router",
            "Template", "KubernetesCluster", "ServiceOffering", "DiskOffering", "NetworkOffering", "Zone", "Pod", "Cluster", "Host",
            "StoragePool", "SystemVm", "Account", "Domain", "User", "Project", "Role",
        ],
        CommandList = "listApis",
        JobList = "listAsyncJobs",
        WidestScope = "listall",
        ScopeNote = "Only what belongs to the caller's own account; listall=true shows all that the caller may see.",
    };

    private static string[] TellingFields =>
    [
        "id", "jobid", "name", "key", "value", "cmd", "jobstatus", "state", "status", "allocationstate", "isready",
        "type", "level", "description", "protocol", "ipaddress", "publicip", "publicport", "privateport", "startport", "endport",
        "cidr", "cidrlist", "cpunumber", "memory", "size", "disksize", "percentused", "capacityused", "capacitytotal", "vmname",
        "virtualmachinename", "volumename", "templatename", "serviceofferingname", "networkofferingname", "hypervisor", "clustername",
        "podname", "hostname", "zonename", "networktype", "traffictype", "username", "rolename", "osdisplayname", "ostypename", "account",
        "project", "domain", "resourcetype", "resourceid", "created", "sent", "displaytext",
    ];

    private static Dictionary<string, string[]> Abbreviations => new(StringComparer.Ordinal)
    {
        ["vm"] = ["virtual", "machine"],
        ["lb"] = ["load", "balancer"],
        ["loadbalancer"] = ["load", "balancer"],
        ["k8"] = ["kubernetes"],
        ["k8s"] = ["kubernetes"],
        ["kube"] = ["kubernetes"],
        ["ipaddress"] = ["ip", "address"],
        ["sshkey"] = ["ssh", "key"],
        ["keypair"] = ["key", "pair"],
        ["async"] = [],
        ["url"] = [],
    };

    private static Dictionary<string, string[]> Synonyms => new(StringComparer.Ordinal)
    {
        ["instance"] = ["virtual machine"],
        ["server"] = ["virtual machine", "host"],
        ["guest"] = ["virtual machine"],
        ["disk"] = ["volume"],
        ["drive"] = ["volume"],
        ["storage"] = ["volume", "image store"],
        ["image"] = ["template", "iso"],
        ["flavor"] = ["service offering"],
        ["plan"] = ["service offering"],
        ["nat"] = ["static nat", "port forwarding"],
        ["forward"] = ["forwarding"],
        ["subnet"] = ["network"],
        ["vlan"] = ["network"],
        ["hypervisor"] = ["host"],
        ["node"] = ["host"],
        ["tenant"] = ["account", "project", "domain"],
        ["customer"] = ["account"],
        ["quota"] = ["resource limit"],
        ["limit"] = ["resource limit"],
        ["setting"] = ["configuration"],
        ["config"] = ["configuration"],
        ["log"] = ["event"],
        ["task"] = ["job"],
        ["certificate"] = ["cert"],
        ["create"] = ["deploy", "add", "register", "associate"],
        ["new"] = ["create", "deploy", "add"],
        ["make"] = ["create", "deploy"],
        ["provision"] = ["deploy", "create"],
        ["open"] = ["create"],
        ["who"] = ["event"],
        ["launch"] = ["deploy", "start"],
        ["deploy"] = ["create"],
        ["add"] = ["create"],
        ["boot"] = ["start"],
        ["run"] = ["start", "deploy"],
        ["restart"] = ["reboot"],
        ["reset"] = ["reboot"],
        ["shutdown"] = ["stop"],
        ["halt"] = ["stop"],
        ["delete"] = ["destroy", "remove"],
        ["remove"] = ["delete", "destroy"],
        ["destroy"] = ["delete"],
        ["terminate"] = ["destroy"],
        ["kill"] = ["destroy", "stop"],
        ["show"] = ["list"],
        ["see"] = ["list"],
        ["find"] = ["list"],
        ["view"] = ["list"],
        ["count"] = ["list"],
        ["change"] = ["update", "scale"],
        ["edit"] = ["update"],
        ["modify"] = ["update"],
        ["set"] = ["update"],
        ["rename"] = ["update"],
        ["grow"] = ["resize", "scale"],
        ["enlarge"] = ["resize", "scale"],
        ["expand"] = ["resize"],
        ["upgrade"] = ["scale"],
        ["connect"] = ["attach"],
        ["mount"] = ["attach"],
        ["unmount"] = ["detach"],
        ["disconnect"] = ["detach"],
        ["move"] = ["migrate"],
        ["evacuate"] = ["prepare maintenance", "migrate"],
        ["drain"] = ["prepare maintenance"],
        ["allocate"] = ["associate"],
        ["acquire"] = ["associate"],
        ["release"] = ["disassociate"],
        ["backup"] = ["snapshot"],
        ["console"] = ["console endpoint"],
        ["vnc"] = ["console endpoint"],
        ["permission"] = ["role permission"],
    };
}
