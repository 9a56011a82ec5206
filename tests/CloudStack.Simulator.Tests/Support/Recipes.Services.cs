namespace CloudStack.Simulator.Tests.Support;

/// <content>Recipes for what the cloud offers beside machines, and who may use it.</content>
internal static partial class Recipes
{
    private static Dictionary<string, Recipe> Services => new(StringComparer.Ordinal)
    {
        ["createWebhook"] = Fixed(("payloadurl", "http://127.0.0.1:9/hook"), ("state", "Disabled")),
        ["updateWebhook"] = Fixed(("payloadurl", "http://127.0.0.1:9/hook")),
        ["deleteWebhookDelivery"] = Fixed(("startdate", "2031-02-03")),
        ["executeWebhookDelivery"] = Fixed(("payloadurl", "http://203.0.113.9/hook")),
        ["updateProjectInvitation"] = async root =>
        {
            await root.DoAsync("updateConfiguration", ("name", "project.invite.required"), ("value", "true"));
            var project = await root.IdOfAsync("listProjects", "Storefront");
            await root.FinishAsync("addAccountToProject", ("projectid", project), ("account", "data-team"));
            return [("projectid", project), ("account", "data-team")];
        },
        ["issueCertificate"] = Fixed(("domain", "web.example")),
        ["uploadSslCert"] = async root =>
        {
            var (certificate, key) = await IssuedAsync(root);
            return [("certificate", certificate), ("privatekey", key)];
        },
        ["registerOauthProvider"] = Fixed(Google),
        ["updateOauthProvider"] = async root => [("id", await GoogleAsync(root))],
        ["deleteOauthProvider"] = async root => [("id", await GoogleAsync(root))],
        ["authorizeSamlSso"] = Fixed(("entityid", "https://idp.simulator.invalid/saml")),
        ["listCaCertificate"] = Fixed(("provider", "root")),
        ["provisionCertificate"] = Fixed(("provider", "root")),
        ["revokeCertificate"] = Fixed(("serial", "1a2b")),
        ["uploadCustomCertificate"] = async root =>
        {
            var issued = await root.FinishAsync("issueCertificate", ("domain", "web.example"));
            return [("certificate", issued.GetProperty("certificate").GetString()!), ("privatekey", issued.GetProperty("privatekey").GetString()!)];
        },
        ["addUserToProject"] = Fixed(("username", "dana")),
        ["deleteUserFromProject"] = async root =>
        {
            var project = await root.IdOfAsync("listProjects", "Storefront");
            await root.FinishAsync("addUserToProject", ("projectid", project), ("username", "dana"));
            var user = (await root.CallAsync("listUsers", ("username", "dana"), ("listall", "true"))).Items[0];
            return [("projectid", project), ("userid", user.GetProperty("id").GetString()!)];
        },
        ["createProjectRolePermission"] = async root => [("projectroleid", await ProjectRoleAsync(root)), ("permission", "allow")],
        ["updateProjectRole"] = async root => [("id", await ProjectRoleAsync(root))],
        ["deleteProjectRole"] = async root => [("id", await ProjectRoleAsync(root))],
        ["updateProjectRolePermission"] = async root =>
        {
            var (role, rule) = await ProjectRuleAsync(root);
            return [("projectroleid", role), ("projectrolepermissionid", rule), ("permission", "deny")];
        },
        ["deleteProjectRolePermission"] = async root => [("id", (await ProjectRuleAsync(root)).Rule)],
        ["updateHypervisorCapabilities"] = Sample(("id", "HypervisorCapabilitiesResponse")),
        ["addKubernetesSupportedVersion"] = Fixed(Version("1.33.1")),
        ["getUploadParamsForKubernetesSupportedVersion"] = Fixed([.. Version("1.33.1").Where(argument => argument.Item1 != "url")]),
        ["listLdapUsers"] = Ldap(),
        ["searchLdap"] = Ldap(),
        ["importLdapUsers"] = Ldap(("group", "engineering")),
        ["ldapCreateAccount"] = Ldap(("username", "agarcia"), ("account", "ana")),
        ["linkDomainToLdap"] = Ldap(("ldapdomain", "finance"), ("name", "finance"), ("type", "GROUP"), ("accounttype", "0"), ("admin", "dmeyer")),
        ["linkAccountToLdap"] = Ldap(("ldapdomain", "finance"), ("account", "clerks"), ("type", "GROUP"), ("admin", "dmeyer")),
        ["deleteLdapConfiguration"] = async root =>
            [("id", (await root.DoAsync("addLdapConfiguration", ("hostname", "ldap.example"), ("port", "389"))).Item.GetProperty("id").GetString()!)],
        ["addGuestOsMapping"] = async root =>
        [
            ("ostypeid", (await root.CallAsync("listOsTypes")).Items[0].GetProperty("id").GetString()!), ("hypervisor", "KVM"),
        ],
        ["getHypervisorGuestOsNames"] = Fixed(("hypervisor", "KVM")),
        ["removeGuestOs"] = async root => [("id", await GuestOsAsync(root))],
        ["updateGuestOs"] = async root => [("id", await GuestOsAsync(root))],
        ["deleteOsCategory"] = async root => [("id", (await root.DoAsync("addOsCategory", ("name", "BSD"))).Item.GetProperty("id").GetString()!)],
        ["listProjectRolePermissions"] = async root =>
            [("projectid", await root.IdOfAsync("listProjects", "Storefront")), ("projectroleid", await ProjectRoleAsync(root))],
        ["updateKubernetesSupportedVersion"] = async root => [("id", await VersionAsync(root)), ("state", "Disabled")],
        ["deleteKubernetesSupportedVersion"] = async root => [("id", await VersionAsync(root))],
        ["createKubernetesCluster"] = ClusterAsync,
        ["startKubernetesCluster"] = async root =>
        {
            var id = await NewClusterOfNodesAsync(root);
            await root.FinishAsync("stopKubernetesCluster", ("id", id));
            return [("id", id)];
        },
        ["stopKubernetesCluster"] = OfNewCluster,
        ["deleteKubernetesCluster"] = OfNewCluster,
        ["getKubernetesClusterConfig"] = OfNewCluster,
        ["scaleKubernetesCluster"] = async root => [("id", await NewClusterOfNodesAsync(root)), ("size", "2")],
        ["upgradeKubernetesCluster"] = async root =>
            [("id", await NewClusterOfNodesAsync(root)), ("kubernetesversionid", await VersionAsync(root, "1.34.0"))],
        ["addNodesToKubernetesCluster"] = async root =>
        {
            var id = await NewClusterOfNodesAsync(root, ("networkid", await root.IdOfAsync("listNetworks", "admin-net")));
            return [("id", id), ("nodeids", await MachineAsync(root, "monitor-01"))];
        },
        ["removeNodesFromKubernetesCluster"] = async root =>
        {
            var id = await NewClusterOfNodesAsync(root, ("networkid", await root.IdOfAsync("listNetworks", "admin-net")));
            var machine = await MachineAsync(root, "monitor-01");
            await root.FinishAsync("addNodesToKubernetesCluster", ("id", id), ("nodeids", machine));
            return [("id", id), ("nodeids", machine)];
        },
        ["addVirtualMachinesToKubernetesCluster"] = async root =>
            [("id", await ExternalClusterAsync(root)), ("virtualmachineids", await MachineAsync(root, "bastion-01"))],
        ["removeVirtualMachinesFromKubernetesCluster"] = async root =>
            [("id", await ExternalClusterAsync(root)), ("virtualmachineids", await MachineAsync(root, "bastion-01"))],
        ["deleteCniConfiguration"] = async root =>
            [("id", (await root.DoAsync("registerCniConfiguration", ("name", "cni"), ("cniconfig", "e30="))).Item.GetProperty("id").GetString()!)],
        ["listUsageRecords"] = Fixed(("startdate", "2031-02-03"), ("enddate", "2031-02-04")),
        ["quotaCredits"] = Ledger,
        ["quotaBalance"] = async root => [.. await Ledger(root), ("enddate", "2031-02-04")],
        ["quotaStatement"] = async root => [.. await Ledger(root), ("startdate", "2031-02-03"), ("enddate", "2031-02-04")],
        ["quotaConfigureEmail"] = Fixed(("templatename", "QUOTA_LOW"), ("enable", "true")),
        ["quotaEmailTemplateUpdate"] = Fixed(("templatetype", "QUOTA_LOW")),
        ["quotaTariffDelete"] = Sample(("id", "QuotaTariffResponse")),
        ["createExtension"] = Fixed(("name", "Metal"), ("type", "Orchestrator"), ("path", "Metal/run.sh"), ("state", "Enabled")),
        ["updateExtension"] = async root => [("id", await ExtensionAsync(root)), ("state", "Enabled"), ("cleanupdetails", "false")],
        ["deleteExtension"] = async root => [("id", await ExtensionAsync(root))],
        ["registerExtension"] = async root =>
            [("extensionid", await ExtensionAsync(root)), ("resourceid", await OutsideClusterAsync(root)), ("resourcetype", "Cluster")],
        ["unregisterExtension"] = async root =>
        {
            (string, string)[] pair = [("extensionid", await ExtensionAsync(root)), ("resourceid", await OutsideClusterAsync(root)), ("resourcetype", "Cluster")];
            await root.DoAsync("registerExtension", pair);
            return pair;
        },
        ["addCustomAction"] = Fixed(Action),
        ["updateCustomAction"] = async root =>
            [("id", await ActionAsync(root, await ExtensionAsync(root))), .. Action, ("cleanupdetails", "false"), ("cleanupparameters", "false")],
        ["deleteCustomAction"] = async root => [("id", await ActionAsync(root, await ExtensionAsync(root)))],
        ["runCustomAction"] = async root =>
        {
            var extension = await ExtensionAsync(root);
            return [("customactionid", await ActionAsync(root, extension)), ("resourceid", await PlaceOutsideAsync(root, extension)), ("resourcetype", "VirtualMachine")];
        },
        ["listExtensions"] = Fixed(("details", "all")),
        ["listCustomActions"] = async root => [("resourceid", await MachineAsync(root, "web-01")), ("resourcetype", "VirtualMachine")],
        ["quotaTariffUpdate"] = Fixed(("name", "RUNNING_VM"), ("value", "3")),
    };

    /// <summary>A new cluster of the hypervisor External.</summary>
    public static async Task<string> OutsideClusterAsync(SignedCaller root) => (await root.DoAsync(
        "addCluster", ("clustername", "outside"), ("clustertype", "CloudManaged"), ("hypervisor", "External"),
        ("podid", await root.IdOfAsync("listPods", "fra1-pod-1")), ("zoneid", await root.IdOfAsync("listZones", "fra1")))).Items[0].GetProperty("id").GetString()!;

    /// <summary>A new machine of the account web-team, on a host that an extension runs.</summary>
    public static async Task<string> PlaceOutsideAsync(SignedCaller root, string extension)
    {
        var cluster = await OutsideClusterAsync(root);
        await root.DoAsync("registerExtension", ("extensionid", extension), ("resourceid", cluster), ("resourcetype", "Cluster"));
        var host = await root.DoAsync(
            "addHost", ("url", "http://192.0.2.80"), ("hypervisor", "External"), ("clusterid", cluster),
            ("podid", await root.IdOfAsync("listPods", "fra1-pod-1")), ("zoneid", await root.IdOfAsync("listZones", "fra1")));
        var machine = await root.FinishAsync(
            "deployVirtualMachine", ("name", "outside"), ("hostid", host.Items[0].GetProperty("id").GetString()!),
            ("templateid", await root.IdOfAsync("listTemplates", "Debian 12", ("templatefilter", "all"))),
            ("serviceofferingid", await root.IdOfAsync("listServiceOfferings", "Small")), ("zoneid", await root.IdOfAsync("listZones", "fra1")),
            ("networkids", await root.IdOfAsync("listNetworks", "web-net")), ("account", "web-team"), ("domainid", await root.IdOfAsync("listDomains", "Engineering")));
        return machine.GetProperty("id").GetString()!;
    }

    private static (string, string)[] Action => [("resourcetype", "VirtualMachine"), ("allowedroletypes", "User,DomainAdmin"), ("parameters[0].name", "times"), ("enabled", "true")];

    public static async Task<string> ExtensionAsync(SignedCaller root) =>
        (await root.DoAsync("createExtension", ("name", "Metal"), ("type", "Orchestrator"))).Item.GetProperty("id").GetString()!;

    private static async Task<string> ActionAsync(SignedCaller root, string extension) =>
        (await root.DoAsync("addCustomAction", ("extensionid", extension), ("name", "blink"), ("enabled", "true"))).Item.GetProperty("id").GetString()!;

    private static async Task<string> ProjectRoleAsync(SignedCaller root) => (await root.DoAsync(
        "createProjectRole", ("name", "tester"), ("projectid", await root.IdOfAsync("listProjects", "Storefront")))).Item.GetProperty("id").GetString()!;

    private static async Task<(string Role, string Rule)> ProjectRuleAsync(SignedCaller root)
    {
        var role = await ProjectRoleAsync(root);
        var rule = await root.DoAsync(
            "createProjectRolePermission", ("projectid", await root.IdOfAsync("listProjects", "Storefront")), ("projectroleid", role),
            ("rule", "list*"), ("permission", "allow"));
        return (role, rule.Item.GetProperty("id").GetString()!);
    }

    private static Recipe Ldap(params (string, string)[] arguments) => async root =>
    {
        await root.DoAsync("addLdapConfiguration", ("hostname", "ldap.example"), ("port", "389"));
        return arguments;
    };

    private static async Task<string> GuestOsAsync(SignedCaller root) => (await root.FinishAsync(
        "addGuestOs", ("oscategoryid", (await root.CallAsync("listOsCategories")).Items[0].GetProperty("id").GetString()!), ("osdisplayname", "Debian 13")))
        .GetProperty("id").GetString()!;

    private static Recipe OfNewCluster => async root => [("id", await NewClusterOfNodesAsync(root))];

    private static Recipe Ledger => root => OwnerAsync(root, "Finance", "ledger");

    private static (string, string)[] Version(string number) =>
        [("semanticversion", number), ("mincpunumber", "2"), ("minmemory", "2048"), ("url", "https://files.example/k8s.iso")];

    private static async Task<string> VersionAsync(SignedCaller root, string number = "1.33.1") =>
        (await root.DoAsync("addKubernetesSupportedVersion", Version(number))).Item.GetProperty("id").GetString()!;

    private static async Task<(string, string)[]> ClusterAsync(SignedCaller root) =>
    [
        ("name", "k8s"), ("zoneid", await root.IdOfAsync("listZones", "fra1")), ("kubernetesversionid", await VersionAsync(root)),
        ("serviceofferingid", await root.IdOfAsync("listServiceOfferings", "Medium")), ("size", "1"),
    ];

    private static async Task<string> NewClusterOfNodesAsync(SignedCaller root, params (string, string)[] more) =>
        (await root.FinishAsync("createKubernetesCluster", [.. await ClusterAsync(root), .. more])).GetProperty("id").GetString()!;

    private static async Task<string> ExternalClusterAsync(SignedCaller root) => (await root.FinishAsync(
        "createKubernetesCluster", ("name", "outside"), ("zoneid", await root.IdOfAsync("listZones", "fra1")), ("clustertype", "ExternalManaged")))
        .GetProperty("id").GetString()!;

    private static (string Name, string Value)[] Google =>
    [
        ("provider", "google"), ("clientid", "client"), ("secretkey", "hidden"), ("description", "Sign in with Google"),
        ("redirecturi", "https://cloud.example/back"),
    ];

    private static async Task<string> GoogleAsync(SignedCaller root) => Id((await root.DoAsync("registerOauthProvider", Google)).Item);
}
