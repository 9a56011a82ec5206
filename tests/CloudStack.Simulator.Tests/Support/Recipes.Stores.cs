namespace CloudStack.Simulator.Tests.Support;

/// <content>Recipes for storage, hosts and what keeps copies.</content>
internal static partial class Recipes
{
    private static Dictionary<string, Recipe> Stores => new(StringComparer.Ordinal)
    {
        ["revokeTemplateDirectDownloadCertificate"] = async root => [("id", await DownloadCertificateAsync(root)), ("zoneid", await Fra1Async(root))],
        ["provisionTemplateDirectDownloadCertificate"] = async root =>
            [("id", await DownloadCertificateAsync(root)), ("hostid", await root.IdOfAsync("listHosts", "fra1-kvm-1-h01"))],
        ["uploadTemplateDirectDownloadCertificate"] = async root =>
            [("certificate", (await IssuedAsync(root)).Certificate), ("hypervisor", "KVM"), ("zoneid", await Fra1Async(root))],
        ["addSwift"] = Fixed(("url", "https://swift.example/v1")),
        ["updateCloudToUseObjectStore"] = Fixed(("provider", "S3"), ("url", "https://s3.example")),
        ["registerVnfTemplate"] = Fixed(Firewall),
        ["updateVnfTemplate"] = async root => [("id", await VnfAsync(root))],
        ["deleteVnfTemplate"] = async root => [("id", await VnfAsync(root))],
        ["listVnfTemplates"] = Fixed(("templatefilter", "all")),
        ["deployVnfAppliance"] = async root =>
            [("templateid", await VnfAsync(root)), ("zoneid", await Fra1Async(root)), ("serviceofferingid", await root.IdOfAsync("listServiceOfferings", "Small"))],
        ["migrateVirtualMachineWithVolume"] = async root => [("virtualmachineid", await MachineAsync(root, "web-01")), ("autoselect", "true")],

        // Backups.
        ["addBackupRepository"] = Fixed(("type", "nfs"), ("provider", "nas")),
        ["importBackupOffering"] = async root => [("externalid", await RepositoryAsync(root)), ("zoneid", await Fra1Async(root))],
        ["updateBackupOffering"] = Fixed(("description", "every night")),
        ["deleteBackupRepository"] = async root => [("id", await RepositoryAsync(root))],
        ["deleteBackupOffering"] = Named(("id", "listBackupOfferings", "Nightly copies")),
        ["assignVirtualMachineToBackupOffering"] = async root => [("virtualmachineid", await MachineAsync(root, "web-01"))],
        ["removeVirtualMachineFromBackupOffering"] = async root => [("virtualmachineid", await ProtectedAsync(root))],
        ["createBackup"] = async root => [("virtualmachineid", await ProtectedAsync(root))],
        ["createBackupSchedule"] = ScheduleAsync,
        ["updateBackupSchedule"] = ScheduleAsync,
        ["deleteBackupSchedule"] = async root => [("id", (await root.DoAsync("createBackupSchedule", await ScheduleAsync(root))).Item.GetProperty("id").GetString()!)],
        ["deleteBackup"] = async root => [("id", await BackupAsync(root, "web-01"))],
        ["restoreBackup"] = async root => [("id", await BackupAsync(root, "web-staging"))],
        ["restoreVolumeFromBackupAndAttachToVM"] = async root =>
        [
            ("backupid", await BackupAsync(root, "db-01")), ("virtualmachineid", await MachineAsync(root, "web-01")),
            ("volumeid", await root.IdOfAsync("listVolumes", "db-01-data")),
        ],
        ["createVMFromBackup"] = async root =>
        [
            ("backupid", await BackupAsync(root, "bastion-01")), ("zoneid", await Fra1Async(root)),
            ("templateid", await root.IdOfAsync("listTemplates", "Debian 12", ("templatefilter", "all"))),
        ],

        // Objects and shared files.
        ["addObjectStoragePool"] = Fixed(("provider", "MinIO"), ("size", "100"), ("url", "https://more.example")),
        ["updateObjectStoragePool"] = Fixed(("size", "60000"), ("url", "https://more.example")),
        ["createBucket"] = Fixed(("name", "assets"), ("policy", "private"), ("account", "admin")),
        ["updateBucket"] = async root => [("id", await BucketAsync(root)), ("policy", "public")],
        ["deleteBucket"] = async root => [("id", await BucketAsync(root))],
        ["deleteObjectStoragePool"] = async root =>
            [("id", Id((await root.DoAsync("addObjectStoragePool", ("name", "more"), ("provider", "MinIO"), ("url", "https://x.example"))).Item))],
        ["createSharedFileSystem"] = SharedFilesAsync,
        ["updateSharedFileSystem"] = async root => [("id", await NewSharedFilesAsync(root))],
        ["startSharedFileSystem"] = async root => [("id", await StoppedFilesAsync(root))],
        ["stopSharedFileSystem"] = async root => [("id", await NewSharedFilesAsync(root))],
        ["restartSharedFileSystem"] = async root => [("id", await NewSharedFilesAsync(root))],
        ["changeSharedFileSystemServiceOffering"] = async root =>
            [("id", await StoppedFilesAsync(root)), ("serviceofferingid", await root.IdOfAsync("listServiceOfferings", "Large"))],
        ["changeSharedFileSystemDiskOffering"] = async root =>
            [("id", await NewSharedFilesAsync(root)), ("diskofferingid", await root.IdOfAsync("listDiskOfferings", "Disk 100 GB")), ("size", "100")],
        ["destroySharedFileSystem"] = async root => [("id", await NewSharedFilesAsync(root)), ("forced", "true")],
        ["recoverSharedFileSystem"] = async root => [("id", await DestroyedFilesAsync(root))],
        ["expungeSharedFileSystem"] = async root => [("id", await DestroyedFilesAsync(root))],

        // Hosts.
        ["configureOutOfBandManagement"] = Fixed(("driver", "ipmitool"), ("address", "10.20.9.1"), ("port", "623")),
        ["enableOutOfBandManagementForHost"] = async root => [("hostid", await PoweredAsync(root))],
        ["disableOutOfBandManagementForHost"] = async root => [("hostid", await PoweredAsync(root))],
        ["changeOutOfBandManagementPassword"] = async root => [("hostid", await PoweredAsync(root))],
        ["issueOutOfBandManagementPowerAction"] = async root => [("hostid", await PoweredAsync(root)), ("action", "STATUS")],
        ["configureHAForHost"] = async root => [("hostid", await HostAsync(root)), ("provider", "kvmhaprovider")],
        ["enableHAForHost"] = async root => [("hostid", await GuardedAsync(root))],
        ["disableHAForHost"] = async root => [("hostid", await GuardedAsync(root))],
        ["declareHostAsDegraded"] = async root => [("id", await PoweredOffAsync(root))],
        ["cancelHostAsDegraded"] = async root =>
        {
            var id = await PoweredOffAsync(root);
            await root.FinishAsync("declareHostAsDegraded", ("id", id));
            return [("id", id)];
        },
        ["startRollingMaintenance"] = async root => [("hostids", await HostAsync(root)), ("timeout", "60")],
        ["updateHostPassword"] = async root => [("hostid", await HostAsync(root))],
        ["dedicateZone"] = async root => [("zoneid", await NewZoneAsync(root)), .. await OwnerAsync(root, "Engineering", "web-team")],
        ["dedicatePod"] = async root => [("podid", await NewPodAsync(root)), .. await OwnerAsync(root, "Engineering", "web-team")],
        ["dedicateCluster"] = async root => [("clusterid", await NewClusterAsync(root)), .. await OwnerAsync(root, "Engineering", "web-team")],
        ["dedicateHost"] = async root => [("hostid", await NewHostAsync(root)), .. await OwnerAsync(root, "Engineering", "web-team")],
        ["releaseDedicatedZone"] = async root => [("zoneid", await DedicatedAsync(root, "dedicateZone", "zoneid", await NewZoneAsync(root)))],
        ["releaseDedicatedPod"] = async root => [("podid", await DedicatedAsync(root, "dedicatePod", "podid", await NewPodAsync(root)))],
        ["releaseDedicatedCluster"] = async root => [("clusterid", await DedicatedAsync(root, "dedicateCluster", "clusterid", await NewClusterAsync(root)))],
        ["releaseDedicatedHost"] = async root => [("hostid", await DedicatedAsync(root, "dedicateHost", "hostid", await NewHostAsync(root)))],
        ["addRegion"] = Fixed(("id", "7")),
        ["updateRegion"] = async root => [("id", await NewRegionAsync(root))],
        ["removeRegion"] = async root => [("id", await NewRegionAsync(root))],

        // Machines, GPUs, volumes, snapshots, images.
        ["createVMSchedule"] = Fixed(("action", "stop"), ("schedule", "0 20 * * 1-5"), ("timezone", "Etc/UTC")),
        ["updateVMSchedule"] = async root => [("id", await MachineScheduleAsync(root)), ("schedule", "0 21 * * *"), ("timezone", "Etc/UTC")],
        ["deleteVMSchedule"] = async root => [("virtualmachineid", await MachineAsync(root, "web-01")), ("id", await MachineScheduleAsync(root))],
        ["unmanageVirtualMachine"] = async root => [("id", await MachineAsync(root, "web-01"))],
        ["importUnmanagedInstance"] = UnmanagedAsync,
        ["createGpuDevice"] = CardAsync,
        ["updateGpuDevice"] = async root => [("id", Id((await root.DoAsync("createGpuDevice", await DeviceAsync(root))).Item))],
        ["createSnapshotFromVMSnapshot"] = async root =>
            [("volumeid", await root.IdOfAsync("listVolumes", "db-01-data")), ("vmsnapshotid", (await root.CallAsync("listVMSnapshot", ("listall", "true"))).Items[0].GetProperty("id").GetString()!)],
        ["copySnapshot"] = async root => [("destzoneids", await root.IdOfAsync("listZones", "ams1"))],
        ["extractSnapshot"] = async root => [("zoneid", await Fra1Async(root))],
        ["uploadVolume"] = Fixed(("format", "QCOW2"), ("url", "https://files.example/image.qcow2")),
        ["checkVolume"] = async root =>
        {
            await root.FinishAsync("detachVolume", ("id", await root.IdOfAsync("listVolumes", "db-01-data")));
            return [("id", await root.IdOfAsync("listVolumes", "db-01-data"))];
        },
        ["unmanageVolume"] = async root =>
        {
            var id = await root.IdOfAsync("listVolumes", "db-01-data");
            await root.FinishAsync("detachVolume", ("id", id));
            return [("id", id)];
        },
        ["importVolume"] = async root =>
        {
            var id = await root.IdOfAsync("listVolumes", "db-01-data");
            await root.FinishAsync("detachVolume", ("id", id));
            await root.FinishAsync("unmanageVolume", ("id", id));
            return [("storageid", await root.IdOfAsync("listStoragePools", "fra1-nfs-primary-1")), ("path", id)];
        },
        ["copyTemplate"] = async root =>
            [("id", await LocalImageAsync(root, "registerTemplate")), ("destzoneid", await root.IdOfAsync("listZones", "ams1"))],
        ["copyIso"] = async root => [("id", await LocalImageAsync(root, "registerIso")), ("destzoneid", await root.IdOfAsync("listZones", "ams1"))],
        ["linkUserDataToTemplate"] = async root => [("templateid", await root.IdOfAsync("listTemplates", "Debian 12", ("templatefilter", "all")))],

        // Storage.
        ["changeStoragePoolScope"] = async root =>
        {
            var id = await root.IdOfAsync("listStoragePools", "fra1-nfs-primary-1");
            await root.DoAsync("updateStoragePool", ("id", id), ("enabled", "false"));
            return [("id", id), ("scope", "Zone")];
        },
        ["configureStorageAccess"] = async root => [("hostid", await HostAsync(root))],
        ["listStorageProviders"] = Fixed(("type", "primary")),
        ["addSecondaryStorage"] = Fixed(("url", "nfs://10.20.0.63/export/more")),
        ["createSecondaryStagingStore"] = Fixed(("provider", "NFS"), ("url", "nfs://10.20.0.63/export/more")),
        ["deleteSecondaryStagingStore"] = async root =>
            [("id", Id((await root.DoAsync("createSecondaryStagingStore", ("url", "nfs://10.20.0.63/export/stage"))).Item))],
        ["downloadImageStoreObject"] = async root =>
        {
            var template = await root.IdOfAsync("listTemplates", "Debian 12", ("templatefilter", "all"));
            return [("id", await root.IdOfAsync("listImageStores", "fra1-secondary-1")), ("path", $"template/tmpl/{template}/{template}.qcow2")];
        },
        ["migrateSecondaryStorageData"] = async root =>
            [("srcpool", await root.IdOfAsync("listImageStores", "fra1-secondary-1")), ("destpools", await SecondStoreAsync(root)), ("migrationtype", "balance")],
        ["migrateResourceToAnotherSecondaryStorage"] = async root =>
        [
            ("srcpool", await root.IdOfAsync("listImageStores", "fra1-secondary-1")), ("destpool", await SecondStoreAsync(root)),
            ("templates", await root.IdOfAsync("listTemplates", "Debian 12", ("templatefilter", "all"))),
        ],
        ["createSecondaryStorageSelector"] = Fixed(("type", "ISO")),
        ["listImageStoreObjects"] = async root =>
            [("id", await root.IdOfAsync("listImageStores", "fra1-secondary-1")), ("path", "template/tmpl")],
        ["listStoragePoolObjects"] = async root =>
        {
            var machine = await MachineAsync(root, "web-01");
            var volume = (await root.CallAsync("listVolumes", ("virtualmachineid", machine), ("listall", "true"))).Items[0];
            return [("id", await root.IdOfAsync("listStoragePools", "fra1-nfs-primary-1")), ("path", Id(volume))];
        },
    };

    private static Task<string> Fra1Async(SignedCaller root) => root.IdOfAsync("listZones", "fra1");

    private static Task<string> HostAsync(SignedCaller root) => root.IdOfAsync("listHosts", "fra1-kvm-1-h01");

    private static async Task<string> RepositoryAsync(SignedCaller root) => Id((await root.DoAsync(
        "addBackupRepository", ("name", "second"), ("type", "nfs"), ("address", "10.20.0.71:/more"), ("zoneid", await Fra1Async(root)))).Item);

    private static async Task<string> ProtectedAsync(SignedCaller root, string name = "web-01")
    {
        var id = await MachineAsync(root, name);
        await root.FinishAsync(
            "assignVirtualMachineToBackupOffering", ("virtualmachineid", id), ("backupofferingid", await root.IdOfAsync("listBackupOfferings", "Nightly copies")));
        return id;
    }

    private static async Task<string> BackupAsync(SignedCaller root, string machine)
    {
        await root.FinishAsync("createBackup", ("virtualmachineid", await ProtectedAsync(root, machine)));
        return Id((await root.CallAsync("listBackups", ("listall", "true"))).Items[^1]);
    }

    private static async Task<(string Name, string Value)[]> ScheduleAsync(SignedCaller root) =>
        [("virtualmachineid", await ProtectedAsync(root)), ("intervaltype", "daily"), ("schedule", "30:2"), ("timezone", "Etc/UTC")];

    private static async Task<string> BucketAsync(SignedCaller root) => Id(await root.FinishAsync(
        "createBucket", ("name", "assets"), ("quota", "10"), ("objectstorageid", await root.IdOfAsync("listObjectStoragePools", "fra1-objects-1"))));

    private static async Task<(string Name, string Value)[]> SharedFilesAsync(SignedCaller root) =>
    [
        ("name", "home"), ("filesystem", "XFS"), ("zoneid", await Fra1Async(root)), ("networkid", await root.IdOfAsync("listNetworks", "admin-net")),
        ("serviceofferingid", await root.IdOfAsync("listServiceOfferings", "Medium")), ("size", "20"),
        ("diskofferingid", await root.IdOfAsync("listDiskOfferings", "Disk 20 GB")),
    ];

    private static async Task<string> NewSharedFilesAsync(SignedCaller root) =>
        Id(await root.FinishAsync("createSharedFileSystem", await SharedFilesAsync(root)));

    private static async Task<string> StoppedFilesAsync(SignedCaller root) =>
        Id(await root.FinishAsync("stopSharedFileSystem", ("id", await NewSharedFilesAsync(root))));

    private static async Task<string> DestroyedFilesAsync(SignedCaller root)
    {
        var id = await StoppedFilesAsync(root);
        await root.FinishAsync("destroySharedFileSystem", ("id", id));
        return id;
    }

    private static async Task<string> PoweredAsync(SignedCaller root)
    {
        var id = await HostAsync(root);
        await root.DoAsync(
            "configureOutOfBandManagement", ("hostid", id), ("driver", "ipmitool"), ("address", "10.20.9.1"), ("port", "623"),
            ("username", "admin"), ("password", "secret"));
        await root.FinishAsync("enableOutOfBandManagementForHost", ("hostid", id));
        return id;
    }

    private static async Task<string> PoweredOffAsync(SignedCaller root)
    {
        var id = await PoweredAsync(root);
        await root.FinishAsync("issueOutOfBandManagementPowerAction", ("hostid", id), ("action", "OFF"));
        return id;
    }

    private static async Task<string> GuardedAsync(SignedCaller root)
    {
        var id = await PoweredAsync(root);
        await root.FinishAsync("configureHAForHost", ("hostid", id), ("provider", "kvmhaprovider"));
        return id;
    }

    private static async Task<string> NewZoneAsync(SignedCaller root) => Id((await root.DoAsync(
        "createZone", ("name", "new"), ("networktype", "Advanced"), ("dns1", "9.9.9.9"), ("internaldns1", "10.0.0.2"))).Item);

    private static async Task<string> NewPodAsync(SignedCaller root) =>
        Id((await root.DoAsync("createPod", ("name", "empty"), ("zoneid", await Fra1Async(root)))).Item);

    private static async Task<string> NewHostAsync(SignedCaller root) => Id((await root.DoAsync(
        "addHost", ("url", "http://10.20.3.1"), ("hypervisor", "KVM"), ("zoneid", await Fra1Async(root)),
        ("podid", await root.IdOfAsync("listPods", "fra1-pod-1")), ("clusterid", await root.IdOfAsync("listClusters", "fra1-kvm-1")))).Items[0]);

    private static async Task<string> DedicatedAsync(SignedCaller root, string command, string parameter, string id)
    {
        await root.JobAsync(command, [(parameter, id), .. await OwnerAsync(root, "Engineering", "web-team")]);
        return id;
    }

    private static async Task<string> NewRegionAsync(SignedCaller root)
    {
        await root.DoAsync("addRegion", ("id", "8"), ("name", "south"), ("endpoint", "https://south.example"));
        return "8";
    }

    private static async Task<string> MachineScheduleAsync(SignedCaller root) => Id((await root.DoAsync(
        "createVMSchedule", ("virtualmachineid", await MachineAsync(root, "web-01")), ("action", "stop"), ("schedule", "0 20 * * *"), ("timezone", "Etc/UTC"))).Item);

    private static async Task<(string Name, string Value)[]> UnmanagedAsync(SignedCaller root)
    {
        await root.FinishAsync("unmanageVirtualMachine", ("id", await MachineAsync(root, "bastion-01")));
        var cluster = await root.IdOfAsync("listClusters", "fra1-kvm-1");
        return
        [
            ("clusterid", cluster), ("name", (await root.CallAsync("listUnmanagedInstances", ("clusterid", cluster))).Names[0]),
            ("serviceofferingid", await root.IdOfAsync("listServiceOfferings", "Small")), ("hostname", "bastion"),
        ];
    }

    private static async Task<(string Name, string Value)[]> CardAsync(SignedCaller root)
    {
        var card = Id((await root.DoAsync(
            "createGpuCard", ("name", "L4"), ("deviceid", "27b8"), ("devicename", "AD104GL"), ("vendorid", "10de"), ("vendorname", "NVIDIA"))).Item);
        return [("gpucardid", card), ("vgpuprofileid", Id((await root.CallAsync("listVgpuProfiles", ("gpucardid", card))).Items[0]))];
    }

    private static async Task<(string Name, string Value)[]> DeviceAsync(SignedCaller root) =>
        [("hostid", await HostAsync(root)), ("busaddress", "0000:3b:00.0"), .. await CardAsync(root)];

    private static async Task<string> LocalImageAsync(SignedCaller root, string command)
    {
        var image = await root.DoAsync(
            command, ("name", "local"), ("zoneid", await Fra1Async(root)), ("url", "https://files.example/image"),
            ("format", "QCOW2"), ("hypervisor", "KVM"), ("ostypeid", Id((await root.CallAsync("listOsTypes")).Items[0])));
        return Id(image.Items[0]);
    }

    private static async Task<string> SecondStoreAsync(SignedCaller root) => Id((await root.DoAsync(
        "addImageStore", ("provider", "NFS"), ("url", "nfs://10.20.0.64/export/2"), ("zoneid", await Fra1Async(root)))).Item);

    private static (string Name, string Value)[] Firewall =>
    [
        ("name", "firewall"), ("format", "QCOW2"), ("hypervisor", "KVM"), ("url", "https://files.example/firewall"),
        ("vnfdetails[0].access_methods", "https"),
    ];

    private static async Task<string> VnfAsync(SignedCaller root) => Id((await root.DoAsync("registerVnfTemplate", Firewall)).Items[0]);

    private static async Task<(string Certificate, string Key)> IssuedAsync(SignedCaller root)
    {
        var issued = await root.FinishAsync("issueCertificate", ("domain", "files.example"));
        return (issued.GetProperty("certificate").GetString()!, issued.GetProperty("privatekey").GetString()!);
    }

    private static async Task<string> DownloadCertificateAsync(SignedCaller root) => Id((await root.DoAsync(
        "uploadTemplateDirectDownloadCertificate", ("name", "files"), ("certificate", (await IssuedAsync(root)).Certificate),
        ("hypervisor", "KVM"), ("zoneid", await Fra1Async(root)))).Item);
}
