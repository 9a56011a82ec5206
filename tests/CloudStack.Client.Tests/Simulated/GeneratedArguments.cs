using System.Text.Json;
using Cloud.Core.Catalog;
using CloudStack.Simulator;
using CloudStack.Simulator.Tests.Support;

namespace CloudStack.Client.Tests.Simulated;

/// <summary>Raw arguments for any command, as a person would type them: identifiers are those of objects the cloud has.</summary>
internal static class GeneratedArguments
{
    // Values that the server checks beyond their type.
    private static readonly Dictionary<string, string> Believable = new(StringComparer.Ordinal)
    {
        ["account"] = "admin",
        ["apikeyaccess"] = "disabled",
        ["setupUserTwoFactorAuthentication.provider"] = "staticpin",
        ["cidrlist"] = "192.0.2.0/24,198.51.100.0/24",
        ["destcidrlist"] = "192.0.2.0/24",
        ["protocol"] = "tcp",
        ["publickey"] = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExampleExampleExampleExampleExampleExample test",
        ["customid"] = "6d0f3b52-7a43-4c1c-9f6f-0d6a2f0f7c10",
        ["dns1"] = "192.0.2.53",
        ["dns2"] = "192.0.2.54",
        ["internaldns1"] = "192.0.2.55",
        ["internaldns2"] = "192.0.2.56",
        ["createAccount.account"] = "newcomer",
        ["createAccount.accountid"] = "6d0f3b52-7a43-4c1c-9f6f-0d6a2f0f7c13",
        ["createAccount.userid"] = "6d0f3b52-7a43-4c1c-9f6f-0d6a2f0f7c11",
        ["createUser.userid"] = "6d0f3b52-7a43-4c1c-9f6f-0d6a2f0f7c11",
        ["createDomain.domainid"] = "6d0f3b52-7a43-4c1c-9f6f-0d6a2f0f7c12",
        ["createDiskOffering.customized"] = "false",
        ["createFirewallRule.endport"] = "8443",
        ["createNetworkACL.action"] = "Deny",
        ["createNetworkACL.traffictype"] = "Egress",
        ["createNetworkACL.number"] = "7",
        ["updateNetworkACLItem.action"] = "Deny",
        ["updateNetworkACLItem.traffictype"] = "Egress",
        ["updateNetworkACLItem.number"] = "7",
        ["createVPC.sourcenatipaddress"] = "203.0.113.200",
        ["createVPCOffering.supportedservices"] = "Dhcp,Dns",
        ["updateVPCOffering.state"] = "Disabled",
        ["createPod.gateway"] = "10.99.0.1",
        ["createPod.netmask"] = "255.255.255.0",
        ["createPod.startip"] = "10.99.0.10",
        ["createPod.endip"] = "10.99.0.99",
        ["createServiceOffering.memory"] = "512",
        ["registerIso.url"] = "https://files.example/image.iso",
        ["registerTemplate.url"] = "https://files.example/image.qcow2",
        ["uploadVolume.url"] = "https://files.example/image.qcow2",
        ["createVMSchedule.enddate"] = "2031-03-03T04:05:06Z",
        ["updateVMSchedule.enddate"] = "2031-03-03T04:05:06Z",
        ["createKubernetesCluster.clustertype"] = "CloudManaged",
        ["createWebhook.sslverification"] = "false",
        ["updateWebhook.sslverification"] = "false",
        ["createWebhook.scope"] = "Local",
        ["updateWebhook.scope"] = "Local",
        ["updateWebhook.state"] = "Enabled",
        ["listLdapUsers.userfilter"] = "NoFilter",
        ["importLdapUsers.accounttype"] = "0",
        ["ldapCreateAccount.accounttype"] = "0",
        ["linkAccountToLdap.accounttype"] = "0",
        ["issueCertificate.ipaddress"] = "192.0.2.7",
        ["issueCertificate.provider"] = "root",
        ["provisionCertificate.provider"] = "root",
        ["revokeCertificate.provider"] = "root",
        ["ldapCreateAccount.accountid"] = "6d0f3b52-7a43-4c1c-9f6f-0d6a2f0f7c14",
        ["roletype"] = "Regular",
        ["minimumsemanticversion"] = "1.30.0",
        ["updateWebhook.payloadurl"] = "http://203.0.113.9/hook",
        ["updateHost.allocationstate"] = "Enable",
        ["updateResourceLimit.max"] = "-1",
        ["updateLoadBalancerRule.algorithm"] = "leastconn",
        ["updateZone.allocationstate"] = "Enabled",
        ["updateNetworkOffering.state"] = "Enabled",
        ["getUser.userapikey"] = SimulatedSample.RootKey,
        ["listNetworks.networkfilter"] = "all",
        ["listAnnotations.entitytype"] = "VM",
        ["listApis.name"] = "listZones",
        ["createIpv6FirewallRule.traffictype"] = "Ingress",
        ["createRoutingFirewallRule.traffictype"] = "Egress",
        ["updateTemplatePermissions.op"] = "add",
        ["updateIsoPermissions.op"] = "add",
        ["updateTemplatePermissions.accounts"] = "admin",
        ["updateIsoPermissions.accounts"] = "admin",
        ["leaseexpiryaction"] = "STOP",
        ["activationrule"] = "account.name == 'admin'",
        ["prepareForMaintenance.algorithm"] = "static",
        ["createBgpPeer.asnumber"] = "65001",
        ["createBgpPeer.ipaddress"] = "192.0.2.77",
        ["updateBgpPeer.asnumber"] = "65001",
        ["updateBgpPeer.ipaddress"] = "192.0.2.78",
        ["createBgpPeer.ip6address"] = "2001:db8::77",
        ["updateBgpPeer.ip6address"] = "2001:db8::78",
        ["createAffinityGroup.type"] = "host anti-affinity",
    };

    /// <summary>
    /// Arguments for a command. What the server needs beyond the catalog's word comes from the same recipes that the
    /// simulator is tested with, which also bring the cloud into the state that the command needs.
    /// </summary>
    public static async Task<Dictionary<string, object?>> ForAsync(SimulatedCloud cloud, CommandSpec command, bool all)
    {
        var arguments = command.Parameters
            .Where(p => p.Required || (all && !IsRefusedBesideOthers(command, p)))
            .ToDictionary(p => p.Name, p => (object?)Value(cloud, command, p));
        foreach (var (name, value) in await Recipes.OfAsync(command.Name, cloud))
        {
            // A map's key stands in brackets; maps are made here in the forms that people type.
            if (!name.Contains('[', StringComparison.Ordinal))
            {
                arguments[name] = value;
            }
        }

        return arguments;
    }

    // The server takes an account or a project, groups by name or by identifier, settings of one scope, and one source.
    private static bool IsRefusedBesideOthers(CommandSpec command, ParameterSpec parameter) => parameter.Name switch
    {
        "projectid" => command.FindParameter("account") is not null,
        "clusterid" or "storageid" or "zoneid" when command.Name == "configureStorageAccess" => true,
        "leaseduration" or "leaseexpiryaction" => command.Name == "updateVirtualMachine",
        "destzoneid" => command.Name == "copySnapshot",
        "destzoneids" => command.Name is "copyIso" or "copyTemplate",
        "clusterids" or "podids" or "zoneids" => command.Name == "startRollingMaintenance",
        "gpucardid" or "vgpuprofileid" => command.Name == "updateGpuDevice",
        "ids" => command.Name == "deleteVMSchedule",
        "isoid" => command.Name == "linkUserDataToTemplate",
        "migrateto" => command.Name == "executeClusterDrsPlan",
        "nicnetworklist" => command.Name == "importUnmanagedInstance",
        "parentgpudeviceid" => command.Name is "createGpuDevice" or "updateGpuDevice",
        "accountid" or "clusterid" or "domainid" or "imagestoreuuid" or "storageid" =>
            command.Name is "listConfigurations" or "migrateSystemVm" or "resetConfiguration" or "updateConfiguration" or "upgradeRouterTemplate",
        "zoneid" => command.Name is "resetConfiguration" or "updateConfiguration" or "upgradeRouterTemplate",
        "asnumber" or "bgppeerids" or "cidrsize" when command.Name is "createNetwork" or "createVPC" => true,
        "subnet" => command.Name == "createIpv4SubnetForGuestNetwork",
        "imagestoreid" => command.Name == "resetConfiguration",
        "accountids" or "domainids" => command.Name is "createGuiTheme" or "updateGuiTheme",
        "hypervisor" or "hypervisorversion" => command.Name == "updateHypervisorCapabilities",
        "details" => command.Name is "createBgpPeer" or "updateBgpPeer",
        "volumeid" => command.Name == "createTemplate",
        "hostid" => command.Name is "migrateSystemVm" or "migrateVirtualMachine",
        "associatednetworkid" => command.Name == "createPrivateGateway",
        "extensionid" => command.Name == "addCluster",
        "gslblbruleweightsmap" => true,
        "isportable" => command.Name == "associateIpAddress",
        "gatewayid" => command.Name == "replaceNetworkACLList",
        "icmpcode" or "icmptype" => command.Name is "createNetworkACL" or "updateNetworkACLItem" or "createIpv6FirewallRule" or "createRoutingFirewallRule",
        "livepatch" => command.Name == "restartVPC",
        "nexthop" => command.Name == "createStaticRoute",
        "podid" => command.Name is "configureStorageAccess" or "upgradeRouterTemplate",
        "sourcenatipaddress" => command.Name == "updateVPC",
        "vpcid" => command.Name == "createNetwork",
        "vmidipmap" => command.Name is "assignToLoadBalancerRule" or "removeFromLoadBalancerRule",
        "autoscalingenabled" => command.Name == "scaleKubernetesCluster",
        "csr" => command.Name == "issueCertificate",
        "projectroleid" => command.Name is "addAccountToProject" or "addUserToProject",
        "keypair" or "networkid" or "nodeofferings" or "noderootdisksize" => command.Name == "createKubernetesCluster",
        "nodeids" or "serviceofferingid" => command.Name == "scaleKubernetesCluster",
        "ruleorder" => command.Name == "updateProjectRolePermission",
        "userid" => command.Name == "updateProjectInvitation",
        "size" => command.Name is "changeOfferingForVolume" or "resizeVolume",
        "account" => command.FindParameter("projectid") is { Required: true },
        // The seeded zones have no security groups.
        "securitygroupids" or "securitygroupnames" => command.Name == "deployVirtualMachine",
        "usersecuritygrouplist" => true,
        "affinitygroupnames" => command.FindParameter("affinitygroupids") is not null,
        _ => false,
    };

    private static object Value(SimulatedCloud cloud, CommandSpec command, ParameterSpec parameter) => parameter.Type switch
    {
        ParameterType.Map => Map(parameter.Map!),
        ParameterType.Uuid => Id(cloud, parameter),
        ParameterType.List when parameter.ItemType == ParameterType.Uuid => Id(cloud, parameter),
        _ when Believable.TryGetValue($"{command.Name}.{parameter.Name}", out var value)
            || Believable.TryGetValue(parameter.Name, out value) => value,
        ParameterType.List => "one,two words,drei+ü",
        ParameterType.Boolean => "true",
        ParameterType.Integer or ParameterType.Short or ParameterType.Long => "1",
        ParameterType.Double => "1.5",
        ParameterType.Date => "2031-02-03T04:05:06Z",
        _ => Text(parameter),
    };

    private static string Id(SimulatedCloud cloud, ParameterSpec parameter) =>
        parameter.Entity is { } entity ? cloud.SampleId(entity) : "0b7a6f0e-4d6f-4d5c-9f77-7c7f6c0e1a11";

    private static string Text(ParameterSpec parameter)
    {
        var text = parameter.Values.Count > 0 ? parameter.Values[0] : $"some {parameter.Name} & more (ü~*)";
        return text.Length <= parameter.MaxLength ? text : text[..parameter.MaxLength];
    }

    private static JsonElement Map(MapSpec layout) => JsonSerializer.SerializeToElement<object>(layout.Style == MapStyle.Records
        ? new[] { Record(layout, "a"), Record(layout, "b") }
        : new Dictionary<string, string> { ["someKey"] = "one & two", ["other"] = "ü" });

    private static Dictionary<string, string> Record(MapSpec layout, string value) =>
        layout.Keys.DefaultIfEmpty("some").ToDictionary(key => key, key => key switch
        {
            "permission" => "allow",
            "required" => "true",
            "type" => "STRING",
            "validationformat" => "NONE",
            _ => $"{key} {value}",
        });
}
