namespace CloudStack.Simulator.Tests.Support;

/// <summary>What a command needs beyond its catalog entry to be accepted by the seeded cloud.</summary>
internal static partial class Recipes
{
    private delegate Task<(string Name, string Value)[]> Recipe(SignedCaller root);

    private static readonly Dictionary<string, Recipe> Common = new(StringComparer.Ordinal)
    {
        ["addAccountToProject"] = Fixed(("account", "data-team")),
        ["addCluster"] = Fixed(("clustertype", "CloudManaged")),
        ["addHost"] = Named(("clusterid", "listClusters", "fra1-kvm-1")),
        ["addNicToVirtualMachine"] = Named(("networkid", "listNetworks", "shared-services")),
        ["addImageStore"] = Fixed(("provider", "NFS"), ("url", "nfs://10.20.0.61/export/more")),
        ["addAnnotation"] = async root =>
            [("entitytype", "VM"), ("entityid", await MachineAsync(root, "web-01")), ("annotation", "look here")],
        ["archiveAlerts"] = Fixed(("type", "7")),
        ["archiveEvents"] = Fixed(("type", "VM.CREATE")),
        ["assignToLoadBalancerRule"] = async root =>
            [("id", await root.IdOfAsync("listLoadBalancerRules", "web")), ("virtualmachineids", await MachineAsync(root, "web-02"))],
        ["assignVirtualMachine"] = async root =>
            [("virtualmachineid", await MachineAsync(root, "web-staging")), .. await OwnerAsync(root, "Engineering", "data-team")],
        ["assignVolume"] = async root =>
            [("volumeid", await root.IdOfAsync("listVolumes", "scratch")), ("accountid", await root.IdOfAsync("listAccounts", "data-team"))],
        ["associateIpAddress"] = Named(("networkid", "listNetworks", "web-net")),
        ["attachIso"] = async root => [("id", await root.IdOfAsync("listIsos", "Debian 12 installer", ("isofilter", "all")))],
        ["attachVolume"] = async root =>
            [("id", await root.IdOfAsync("listVolumes", "scratch")), ("virtualmachineid", await MachineAsync(root, "web-01"))],
        ["cancelHostMaintenance"] = async root =>
        {
            var id = await root.IdOfAsync("listHosts", "fra1-kvm-1-h01");
            await root.FinishAsync("prepareHostForMaintenance", ("id", id));
            return [("id", id)];
        },
        ["cancelStorageMaintenance"] = async root =>
        {
            var id = await root.IdOfAsync("listStoragePools", "fra1-nfs-primary-1");
            await root.FinishAsync("enableStorageMaintenance", ("id", id));
            return [("id", id)];
        },
        ["changeServiceForVirtualMachine"] = async root =>
            [("id", await MachineAsync(root, "web-staging")), ("serviceofferingid", await root.IdOfAsync("listServiceOfferings", "Large"))],
        ["createAccount"] = Fixed(("accounttype", "0")),
        ["createAffinityGroup"] = Fixed(("type", "host anti-affinity")),
        ["createDiskOffering"] = Fixed(("disksize", "10")),
        ["createLoadBalancerRule"] = async root =>
            [("publicipid", await AddressAsync(root)), ("algorithm", "roundrobin"), ("publicport", "8443"), ("privateport", "8443")],
        ["createFirewallRule"] = async root => [("ipaddressid", await AddressAsync(root)), ("startport", "8443")],
        ["createNetworkOffering"] = Fixed(("guestiptype", "Isolated"), ("traffictype", "Guest")),
        ["createPortForwardingRule"] = async root =>
            [("ipaddressid", await AddressAsync(root)), ("virtualmachineid", await MachineAsync(root, "web-01"))],
        ["createRole"] = Fixed(("type", "User")),
        ["createRolePermission"] = async root => [("roleid", await NewRoleAsync(root)), ("permission", "allow")],
        ["createSnapshotPolicy"] = Fixed(("intervaltype", "daily"), ("schedule", "30:2"), ("timezone", "Etc/UTC")),
        ["createStoragePool"] = async root => [("url", "nfs://10.20.0.51/export/more"), ("clusterid", await root.IdOfAsync("listClusters", "fra1-kvm-1"))],
        ["createTags"] = async root =>
            [("resourceids", await MachineAsync(root, "web-02")), ("resourcetype", "UserVm"), ("tags[0].key", "tier"), ("tags[0].value", "web")],
        ["createTemplate"] = Named(("snapshotid", "listSnapshots", "db-01-data-weekly")),
        ["createUser"] = async root => await OwnerAsync(root, "Engineering", "web-team"),
        ["createVolume"] = async root =>
            [("diskofferingid", await root.IdOfAsync("listDiskOfferings", "Disk 20 GB")), ("zoneid", await root.IdOfAsync("listZones", "fra1"))],
        ["createZone"] = Fixed(("networktype", "Advanced"), ("dns1", "9.9.9.9"), ("internaldns1", "10.0.0.2")),
        ["extractIso"] = Fixed(("mode", "HTTP_DOWNLOAD")),
        ["extractTemplate"] = Fixed(("mode", "HTTP_DOWNLOAD")),
        ["extractVolume"] = async root => [("id", await root.IdOfAsync("listVolumes", "scratch")), ("mode", "HTTP_DOWNLOAD")],
        ["deleteAccount"] = Named(("id", "listAccounts", "ledger")),
        ["deleteAccountFromProject"] = async root =>
        {
            await root.FinishAsync("addAccountToProject", ("projectid", await root.IdOfAsync("listProjects", "Storefront")), ("account", "data-team"));
            return [("account", "data-team")];
        },
        ["deleteAffinityGroup"] = Named(("id", "listAffinityGroups", "web-apart")),
        ["deleteCluster"] = async root => [("id", await NewClusterAsync(root))],
        ["deleteDomain"] = async root => [("id", await root.IdOfAsync("listDomains", "Finance")), ("cleanup", "true")],
        ["deleteEgressFirewallRule"] = async root => [("id", await EgressRuleAsync(root))],
        ["deleteEvents"] = Fixed(("type", "VM.CREATE")),
        ["deleteHost"] = Fixed(("forced", "true")),
        ["deleteImageStore"] = async root =>
        {
            var more = await root.DoAsync("addImageStore", ("provider", "NFS"), ("url", "nfs://10.20.0.62/export/x"), ("zoneid", await root.IdOfAsync("listZones", "fra1")));
            return [("id", more.Item.GetProperty("id").GetString()!)];
        },
        ["deleteIso"] = async root => [("id", await root.IdOfAsync("listIsos", "Debian 12 installer", ("isofilter", "all")))],
        ["deleteLoadBalancerRule"] = Named(("id", "listLoadBalancerRules", "web")),
        ["deleteNetwork"] = async root =>
        {
            var network = await root.DoAsync(
                "createNetwork", ("name", "empty"), ("zoneid", await root.IdOfAsync("listZones", "fra1")),
                ("networkofferingid", await root.IdOfAsync("listNetworkOfferings", "DefaultL2NetworkOffering")));
            return [("id", network.Item.GetProperty("id").GetString()!)];
        },
        ["deleteProject"] = Fixed(("cleanup", "true")),
        ["deleteTemplate"] = Fixed(("forced", "true")),
        ["deleteNetworkOffering"] = Named(("id", "listNetworkOfferings", "DefaultL2NetworkOffering")),
        ["deletePod"] = async root =>
        {
            var pod = await root.DoAsync("createPod", ("name", "empty"), ("zoneid", await root.IdOfAsync("listZones", "fra1")));
            return [("id", pod.Item.GetProperty("id").GetString()!)];
        },
        ["deleteAlerts"] = Fixed(("type", "7")),
        ["disableRole"] = async root => [("id", await NewRoleAsync(root))],
        ["enableRole"] = async root => [("id", await NewRoleAsync(root))],
        ["importRole"] = Fixed(("type", "User"), ("rules[0].rule", "list*"), ("rules[0].permission", "allow")),
        ["markDefaultZoneForAccount"] = async root => [("account", await root.IdOfAsync("listAccounts", "web-team"))],
        ["removeAnnotation"] = async root => [("id", await NewAnnotationAsync(root))],
        ["updateAnnotationVisibility"] = async root => [("id", await NewAnnotationAsync(root))],
        ["deleteRole"] = async root => [("id", await NewRoleAsync(root))],
        ["deleteSnapshotPolicies"] = async root => [("id", (await root.CallAsync("listSnapshotPolicies", ("listall", "true"))).Items[0].GetProperty("id").GetString()!)],
        ["deleteSSHKeyPair"] = async root => [("name", "deniz-laptop"), .. await OwnerAsync(root, "Engineering", "web-team")],
        ["deleteStoragePool"] = async root =>
        {
            var id = await root.IdOfAsync("listStoragePools", "fra1-nfs-primary-1");
            await root.FinishAsync("enableStorageMaintenance", ("id", id));
            return [("id", id), ("forced", "true")];
        },
        ["deleteTags"] = async root => [("resourceids", await MachineAsync(root, "web-01")), ("resourcetype", "UserVm")],
        ["deleteUser"] = async root => [("id", await UserAsync(root, "ops"))],
        ["deleteVolume"] = Named(("id", "listVolumes", "scratch")),
        ["deleteZone"] = async root =>
        {
            var zone = await root.DoAsync("createZone", ("name", "new"), ("networktype", "Advanced"), ("dns1", "9.9.9.9"), ("internaldns1", "10.0.0.2"));
            return [("id", zone.Item.GetProperty("id").GetString()!)];
        },
        ["deployVirtualMachine"] = async root => [("templateid", await root.IdOfAsync("listTemplates", "Debian 12", ("templatefilter", "all")))],
        ["destroyVolume"] = Named(("id", "listVolumes", "scratch")),
        ["detachIso"] = async root =>
        {
            var machine = await MachineAsync(root, "web-01");
            var iso = await root.IdOfAsync("listIsos", "Debian 12 installer", ("isofilter", "all"));
            await root.FinishAsync("attachIso", ("id", iso), ("virtualmachineid", machine));
            return [("virtualmachineid", machine)];
        },
        ["detachVolume"] = Named(("id", "listVolumes", "db-01-data")),
        ["disableAccount"] = Named(("id", "listAccounts", "data-team")),
        ["disableUser"] = async root => [("id", await UserAsync(root, "ops"))],
        ["disableStaticNat"] = async root =>
        {
            var arguments = await StaticNatAsync(root);
            await root.DoAsync("enableStaticNat", arguments);
            return [arguments[0]];
        },
        ["disassociateIpAddress"] = async root => [("id", await AddressAsync(root))],
        ["enableAccount"] = Named(("id", "listAccounts", "data-team")),
        ["enableStaticNat"] = StaticNatAsync,
        ["expungeVirtualMachine"] = DestroyedAsync,
        ["getUser"] = Fixed(("userapikey", "simulator-user-key")),
        ["listLoadBalancerRuleInstances"] = Named(("id", "listLoadBalancerRules", "web")),
        ["lockAccount"] = async root => await OwnerAsync(root, "Engineering", "data-team"),
        ["lockUser"] = async root => [("id", await UserAsync(root, "ops"))],
        ["migrateVirtualMachine"] = Fixed(("autoselect", "true")),
        ["migrateVolume"] = async root =>
        {
            var pool = await root.DoAsync(
                "createStoragePool", ("name", "more"), ("url", "nfs://10.20.0.51/export/more"), ("zoneid", await root.IdOfAsync("listZones", "fra1")),
                ("clusterid", await root.IdOfAsync("listClusters", "fra1-kvm-1")));
            return [("volumeid", await root.IdOfAsync("listVolumes", "db-01-data")), ("storageid", pool.Item.GetProperty("id").GetString()!)];
        },
        ["moveDomain"] = async root =>
            [("domainid", await root.IdOfAsync("listDomains", "Finance")), ("parentdomainid", await root.IdOfAsync("listDomains", "Engineering"))],
        ["moveUser"] = async root => [("id", await UserAsync(root, "ops")), ("accountid", await root.IdOfAsync("listAccounts", "data-team"))],
        ["recoverVirtualMachine"] = DestroyedAsync,
        ["recoverVolume"] = async root =>
        {
            var id = await root.IdOfAsync("listVolumes", "scratch");
            await root.FinishAsync("destroyVolume", ("id", id));
            return [("id", id)];
        },
        ["registerSSHKeyPair"] = Fixed(("publickey", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAnotherExample test")),
        ["removeFromLoadBalancerRule"] = async root =>
            [("id", await root.IdOfAsync("listLoadBalancerRules", "web")), ("virtualmachineids", await MachineAsync(root, "web-01"))],
        ["removeNicFromVirtualMachine"] = SecondNicAsync,
        ["resetPasswordForVirtualMachine"] = async root =>
        {
            var template = await root.IdOfAsync("listTemplates", "Debian 12", ("templatefilter", "all"));
            await root.DoAsync("updateTemplate", ("id", template), ("passwordenabled", "true"));
            var machine = await root.FinishAsync(
                "deployVirtualMachine", ("name", "with-password"), ("startvm", "false"), ("templateid", template),
                ("serviceofferingid", await root.IdOfAsync("listServiceOfferings", "Small")), ("zoneid", await root.IdOfAsync("listZones", "fra1")));
            return [("id", machine.GetProperty("id").GetString()!)];
        },
        ["resetConfiguration"] = Fixed(("name", "expunge.delay")),
        ["resetSSHKeyForVirtualMachine"] = async root => [("id", await MachineAsync(root, "web-staging")), ("keypair", "deniz-laptop")],
        ["resetUserDataForVirtualMachine"] = async root => [("id", await MachineAsync(root, "web-staging"))],
        ["resizeVolume"] = async root =>
            [("id", await root.IdOfAsync("listVolumes", "scratch")), ("diskofferingid", await root.IdOfAsync("listDiskOfferings", "Disk 100 GB"))],
        ["revertSnapshot"] = StoppedDatabaseAsync,
        ["revertToVMSnapshot"] = StoppedDatabaseAsync,
        ["scaleVirtualMachine"] = async root =>
            [("id", await MachineAsync(root, "web-staging")), ("serviceofferingid", await root.IdOfAsync("listServiceOfferings", "Large"))],
        ["startVirtualMachine"] = async root => [("id", await MachineAsync(root, "web-staging"))],
        ["updateDefaultNicForVirtualMachine"] = SecondNicAsync,
        ["updateVMAffinityGroup"] = async root => [("id", await MachineAsync(root, "web-staging"))],
        ["updateVmNicIp"] = async root =>
        {
            var nics = await root.CallAsync("listNics", ("virtualmachineid", await MachineAsync(root, "web-staging")));
            return [("nicid", nics.Items[0].GetProperty("id").GetString()!)];
        },
        ["updateAccount"] = Named(("id", "listAccounts", "data-team")),
        ["updateConfiguration"] = Fixed(("name", "expunge.delay"), ("value", "3600")),
        ["updateEgressFirewallRule"] = async root => [("id", await EgressRuleAsync(root))],
        ["updateLoadBalancerRule"] = Named(("id", "listLoadBalancerRules", "web")),
        ["updateNetworkOffering"] = Named(("id", "listNetworkOfferings", "DefaultL2NetworkOffering")),
        ["updateRole"] = async root => [("id", await NewRoleAsync(root))],
        ["updateRolePermission"] = async root => [("roleid", await NewRoleAsync(root))],
        ["updateSnapshotPolicy"] = async root =>
            [("id", (await root.CallAsync("listSnapshotPolicies", ("listall", "true"))).Items[0].GetProperty("id").GetString()!)],
        ["updateVolume"] = Named(("id", "listVolumes", "scratch")),
    };

    private static readonly Dictionary<string, Recipe> Known =
        new(Common.Concat(Networks).Concat(Edges).Concat(Wires).Concat(Stores).Concat(Services).Concat(Routing), StringComparer.Ordinal);

    public static async Task<(string Name, string Value)[]> OfAsync(string command, SimulatedCloud cloud)
    {
        if (!Known.TryGetValue(command, out var recipe))
        {
            return [];
        }

        var arguments = await recipe(SignedCaller.Root(cloud));
        return [.. arguments.Select(a => a.Value.StartsWith('@') ? (a.Name, cloud.SampleId(a.Value[1..])) : a)];
    }

    private static Recipe Fixed(params (string Name, string Value)[] arguments) => _ => Task.FromResult(arguments);

    /// <summary>An object of a class, whichever it is.</summary>
    private static Recipe Sample((string Name, string Class) argument) => Fixed((argument.Name, "@" + argument.Class));

    private static Recipe Named((string Name, string List, string Object) argument) => async root =>
        [(argument.Name, await root.IdOfAsync(argument.List, argument.Object))];

    private static Task<string> MachineAsync(SignedCaller root, string name) => root.IdOfAsync("listVirtualMachines", name);

    private static async Task<string> AddressAsync(SignedCaller root)
    {
        var addresses = await root.CallAsync("listPublicIpAddresses", ("listall", "true"), ("issourcenat", "false"));
        return addresses.Items[0].GetProperty("id").GetString()!;
    }

    private static async Task<(string Name, string Value)[]> StaticNatAsync(SignedCaller root)
    {
        var network = await root.IdOfAsync("listNetworks", "web-net");
        var address = await root.FinishAsync("associateIpAddress", ("networkid", network));
        return [("ipaddressid", address.GetProperty("id").GetString()!), ("virtualmachineid", await MachineAsync(root, "web-02"))];
    }

    private static async Task<(string Name, string Value)[]> DestroyedAsync(SignedCaller root)
    {
        var id = await MachineAsync(root, "web-staging");
        await root.FinishAsync("destroyVirtualMachine", ("id", id));
        return [("id", id)];
    }

    private static async Task<(string Name, string Value)[]> SecondNicAsync(SignedCaller root)
    {
        var machine = await MachineAsync(root, "bastion-01");
        var nics = await root.CallAsync("listNics", ("virtualmachineid", machine));
        var second = nics.Items.Single(nic => !nic.GetProperty("isdefault").GetBoolean());
        return [("virtualmachineid", machine), ("nicid", second.GetProperty("id").GetString()!)];
    }

    private static async Task<(string Name, string Value)[]> StoppedDatabaseAsync(SignedCaller root)
    {
        await root.FinishAsync("stopVirtualMachine", ("id", await MachineAsync(root, "db-01")));
        return [];
    }

    private static async Task<string> UserAsync(SignedCaller root, string name)
    {
        var users = await root.CallAsync("listUsers", ("listall", "true"), ("username", name));
        return users.Items.Single().GetProperty("id").GetString()!;
    }

    private static async Task<string> EgressRuleAsync(SignedCaller root)
    {
        var rules = await root.CallAsync("listEgressFirewallRules", ("listall", "true"));
        return rules.Items[0].GetProperty("id").GetString()!;
    }

    private static async Task<(string Name, string Value)[]> OwnerAsync(SignedCaller root, string domain, string account) =>
        [("domainid", await root.IdOfAsync("listDomains", domain)), ("account", account)];

    private static async Task<string> NewRoleAsync(SignedCaller root) =>
        (await root.DoAsync("createRole", ("name", "Operators"), ("type", "User"))).Item.GetProperty("id").GetString()!;

    private static async Task<string> NewAnnotationAsync(SignedCaller root) => (await root.DoAsync(
        "addAnnotation", ("entitytype", "VM"), ("entityid", await MachineAsync(root, "web-01")), ("annotation", "look here"))).Item.GetProperty("id").GetString()!;

    private static async Task<string> NewClusterAsync(SignedCaller root)
    {
        var cluster = await root.DoAsync(
            "addCluster", ("clustername", "empty"), ("clustertype", "CloudManaged"), ("hypervisor", "KVM"),
            ("podid", await root.IdOfAsync("listPods", "fra1-pod-1")), ("zoneid", await root.IdOfAsync("listZones", "fra1")));
        return cluster.Items[0].GetProperty("id").GetString()!;
    }
}
