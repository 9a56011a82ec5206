namespace CloudStack.Simulator.Tests.Lifecycles;

public sealed class BackupTests : Scene
{
    [Fact]
    public async Task Backs_a_machine_up_and_restores_it_only_when_its_stopped()
    {
        var machine = await ProtectAsync("web-01");
        await Root.FinishAsync("createBackup", ("virtualmachineid", machine), ("name", "before-upgrade"));
        var backup = (await User.CallAsync("listBackups")).Items.Single();
        Assert.Equal(("before-upgrade", "BackedUp", "MANUAL", "web-team"), (Text(backup, "name"), Text(backup, "status"), Text(backup, "intervaltype"), Text(backup, "account")));

        Assert.Contains("Stopped", await Root.FailAsync(431, "restoreBackup", ("id", Id(backup))));
        await Root.FinishAsync("stopVirtualMachine", ("id", machine));
        await Root.FinishAsync("restoreBackup", ("id", Id(backup)));

        Assert.Equal("BackedUp", Text(await LookAsync("listBackups", Id(backup)), "status"));
        await Root.FinishAsync("deleteBackup", ("id", Id(backup)));
        Assert.Empty((await Root.CallAsync("listBackups", ("listall", "true"))).Items);
    }

    [Fact]
    public async Task Needs_an_offering_of_the_machines_zone_and_gives_each_machine_one()
    {
        await Root.RefuseAsync(431, "createBackup", ("virtualmachineid", await MachineAsync("web-01")));
        var offering = await Root.IdOfAsync("listBackupOfferings", "Nightly copies");
        await Root.FailAsync(431, "assignVirtualMachineToBackupOffering", ("virtualmachineid", await MachineAsync("ledger-01")), ("backupofferingid", offering));
        var machine = await ProtectAsync("web-01");
        await Root.FailAsync(431, "assignVirtualMachineToBackupOffering", ("virtualmachineid", machine), ("backupofferingid", offering));
        Assert.Equal("Nightly copies", Text(await LookAsync("listVirtualMachines", machine), "backupofferingname"));
        await Root.RefuseAsync(431, "deleteBackupOffering", ("id", offering));

        await Root.FinishAsync("removeVirtualMachineFromBackupOffering", ("virtualmachineid", machine));
        await Root.DoAsync("deleteBackupOffering", ("id", offering));
    }

    [Fact]
    public async Task Keeps_a_backup_beyond_its_machine_and_makes_a_new_machine_of_it()
    {
        var machine = await ProtectAsync("db-01");
        await Root.FinishAsync("createBackup", ("virtualmachineid", machine));
        var backup = Id((await Root.CallAsync("listBackups", ("listall", "true"))).Items.Single());
        await Root.FinishAsync("destroyVirtualMachine", ("id", machine), ("expunge", "true"));
        Assert.Equal("True", Text(await LookAsync("listBackups", backup), "isbackupvmexpunged"));
        await Root.RefuseAsync(431, "restoreBackup", ("id", backup));

        var made = await Root.FinishAsync("createVMFromBackup", ("backupid", backup), ("zoneid", await ZoneAsync()), ("name", "db-again"));

        Assert.Equal(("Running", "Large"), (Text(made, "state"), Text(made, "serviceofferingname")));
        Assert.Equal(2, (await Root.CallAsync("listVolumes", ("virtualmachineid", Id(made)), ("listall", "true"))).Count);
    }

    [Fact]
    public async Task Attaches_one_volume_of_a_backup_to_another_machine()
    {
        await Root.FinishAsync("createBackup", ("virtualmachineid", await ProtectAsync("db-01")));
        var backup = Id((await Root.CallAsync("listBackups", ("listall", "true"))).Items.Single());
        var target = await MachineAsync("web-01");
        await Root.RefuseAsync(431, "restoreVolumeFromBackupAndAttachToVM", ("backupid", backup), ("virtualmachineid", target), ("volumeid", await VolumeAsync("scratch")));

        await Root.FinishAsync("restoreVolumeFromBackupAndAttachToVM", ("backupid", backup), ("virtualmachineid", target), ("volumeid", await VolumeAsync("db-01-data")));

        var volumes = (await Root.CallAsync("listVolumes", ("virtualmachineid", target), ("listall", "true"), ("type", "DATADISK"))).Items;
        Assert.Equal((100L << 30).ToString(System.Globalization.CultureInfo.InvariantCulture), Text(volumes.Single(), "size"));
    }

    [Fact]
    public async Task Backs_up_on_schedule_and_keeps_so_many()
    {
        var machine = await ProtectAsync("web-01");
        await Root.DoAsync(
            "createBackupSchedule", ("virtualmachineid", machine), ("intervaltype", "daily"), ("schedule", "30:2"), ("timezone", "Etc/UTC"), ("maxbackups", "2"));

        TheCloud.Clock.Step(TimeSpan.FromDays(5));

        var backups = (await Root.CallAsync("listBackups", ("listall", "true"))).Items;
        Assert.Equal(["DAILY", "DAILY"], backups.Select(backup => Text(backup, "intervaltype")));
        Assert.All(backups, backup => Assert.Contains("T02:30:00", Text(backup, "created"), StringComparison.Ordinal));
        await Root.DoAsync("deleteBackupSchedule", ("virtualmachineid", machine));
        TheCloud.Clock.Step(TimeSpan.FromDays(2));
        Assert.Equal(backups.Select(Id), (await Root.CallAsync("listBackups", ("listall", "true"))).Items.Select(Id));
    }

    [Theory]
    [InlineData("yearly", "30:2", "Etc/UTC")]
    [InlineData("daily", "30", "Etc/UTC")]
    [InlineData("daily", "61:2", "Etc/UTC")]
    [InlineData("weekly", "0:2:8", "Etc/UTC")]
    [InlineData("daily", "30:2", "Moon/Base")]
    public async Task Refuses_schedules_that_never_come(string interval, string schedule, string zone) => await Root.RefuseAsync(
        431, "createBackupSchedule", ("virtualmachineid", await ProtectAsync("web-01")), ("intervaltype", interval), ("schedule", schedule), ("timezone", zone));

    [Fact]
    public async Task Leaves_backups_to_administrators_where_the_offering_says_so()
    {
        var offering = await Root.IdOfAsync("listBackupOfferings", "Nightly copies");
        await Root.DoAsync("updateBackupOffering", ("id", offering), ("allowuserdrivenbackups", "false"));

        await User.RefuseAsync(531, "createBackup", ("virtualmachineid", await ProtectAsync("web-01")));
    }

    [Fact]
    public async Task Refuses_backups_of_foreign_machines_and_beyond_the_limit()
    {
        var machine = await ProtectAsync("db-01");
        await User.RefuseAsync(531, "createBackup", ("virtualmachineid", machine));
        await Root.DoAsync(
            "updateResourceLimit", ("account", "data-team"), ("domainid", await Root.IdOfAsync("listDomains", "Engineering")), ("resourcetype", "12"), ("max", "0"));

        await Root.RefuseAsync(535, "createBackup", ("virtualmachineid", machine));
    }

    [Fact]
    public async Task Imports_an_offering_of_a_repository_and_keeps_that_while_its_used()
    {
        var zone = await ZoneAsync();
        var repository = Id((await Root.DoAsync("addBackupRepository", ("name", "r2"), ("type", "nfs"), ("address", "10.20.0.9:/b"), ("zoneid", zone))).Item);
        Assert.Contains(repository, (await Root.CallAsync("listBackupProviderOfferings", ("zoneid", zone))).Items.Select(o => Text(o, "externalid")));
        (string, string)[] import = [("name", "Hourly"), ("description", "d"), ("externalid", repository), ("zoneid", zone), ("allowuserdrivenbackups", "true")];
        await Root.FinishAsync("importBackupOffering", import);
        await Root.FailAsync(431, "importBackupOffering", import);

        await Root.RefuseAsync(431, "deleteBackupRepository", ("id", repository));
        await Root.RefuseAsync(431, "addBackupRepository", ("name", "r2"), ("type", "nfs"), ("address", "other"), ("zoneid", zone));
    }

    private async Task<string> ProtectAsync(string name)
    {
        var machine = await MachineAsync(name);
        await Root.FinishAsync(
            "assignVirtualMachineToBackupOffering", ("virtualmachineid", machine), ("backupofferingid", await Root.IdOfAsync("listBackupOfferings", "Nightly copies")));
        return machine;
    }
}
