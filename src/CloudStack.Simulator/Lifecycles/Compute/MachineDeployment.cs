using System.Globalization;
using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Lifecycles.Access.Limits;
using CloudStack.Simulator.Lifecycles.Networking;
using CloudStack.Simulator.Lifecycles.Storage;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Compute;

/// <summary><c>deployVirtualMachine</c>: all checks first, then a stopped machine, then the job that starts it.</summary>
internal sealed class MachineDeployment : ICommandFamily
{
    public void Register(CommandTable commands, CloudState state) => commands.Begin("deployVirtualMachine", call => Deploy(call));

    /// <summary>Makes a machine as the call says.</summary>
    /// <param name="call">The call.</param>
    /// <param name="usualOffering">The offering where the call names none, or null.</param>
    /// <param name="usualTemplate">The template where the call names none, or null.</param>
    /// <exception cref="ApiError">Something about the machine can't be had.</exception>
    public static Work Deploy(CommandCall call, Entity? usualOffering = null, Entity? usualTemplate = null)
    {
        var owner = call.NewOwner(LimitedResource.Machine);
        var zone = UsableZone(call);
        var offering = UsableOffering(call, usualOffering);
        var template = UsableTemplate(call, usualTemplate, zone, offering);
        var groups = AffinityGroups.Named(call, owner);
        var keyPairs = SshKeyPairs.Named(call, owner);
        var securityGroups = SecurityGroups.Named(call, owner, zone);
        var diskOffering = call.Find("diskofferingid");
        var host = call.Find("hostid");
        var id = call.ChosenId("customid");
        id ??= call.State.Ids.NextId();
        var name = call.Text("name") is { Length: > 0 } given ? given : $"VM-{id}";
        MachineNames.Demand(call.State, owner, name);
        MachineLeases.Demand(call);
        var rootGigabytes = RootGigabytes(call, template);
        var size = CustomSize(call, offering);
        ResourceLimits.Demand(call.State, owner, LimitedResource.Gpu, offering.Number("gpucount"));
        DemandRoom(call, owner, size ?? new MachineSize(offering.Number("cpunumber"), 0, offering.Number("memory")), rootGigabytes, template, diskOffering);
        // Last, because it may make the owner's first network: nothing may be refused after that.
        var networks = MachineNetworks.Wished(call, owner, zone);
        var machine = MachineBuilder.Create(call.State, new MachinePlan(owner, zone, offering, template, call.Caller.User, name)
        {
            DisplayName = call.Text("displayname"),
            Id = id,
            Networks = networks,
            RootGigabytes = rootGigabytes,
            Size = size,
        });
        Describe(call, machine, groups, keyPairs);
        foreach (var group in securityGroups)
        {
            SecurityGroups.Join(machine, group);
        }

        if (diskOffering is not null)
        {
            var data = VolumeBuilder.CreateData(
                call.State, owner, zone, diskOffering, $"DATA-{machine.Text("instancename")!.Split('-')[^2]}", call.Number("size"));
            VolumeBuilder.Attach(call.State, data, machine, 1);
        }

        return call.Flag("startvm") == false ? new Work(machine, () => Answer.Of(machine)) : StartWork(call, machine, host);
    }

    private static void DemandRoom(
        CommandCall call, Owner owner, MachineSize size, long? rootGigabytes, Entity template, Entity? diskOffering)
    {
        var root = rootGigabytes * VolumeBuilder.Gigabyte ?? template.Number("size");
        var data = diskOffering is null ? 0 : Volumes.SizeOf(call, diskOffering) * VolumeBuilder.Gigabyte;
        ResourceLimits.Demand(call.State, owner, LimitedResource.Cpu, size.Cpus);
        ResourceLimits.Demand(call.State, owner, LimitedResource.Memory, size.Megabytes);
        ResourceLimits.Demand(call.State, owner, LimitedResource.Volume, diskOffering is null ? 1 : 2);
        ResourceLimits.Demand(call.State, owner, LimitedResource.PrimaryStorage, root + data);
    }

    private static Work StartWork(CommandCall call, Entity machine, Entity? host) => new(machine, () =>
    {
        MachineBuilder.Start(call.State, machine, host);
        return machine.Flag("passwordenabled") ? MachineAccess.WithNewPassword(call.State, machine, null) : Answer.Of(machine);
    })
    {
        Begin = () => MachineBuilder.Enter(call.State, machine, MachineState.Starting),
        Abandon = () => MachineBuilder.Enter(call.State, machine, MachineState.Error),
    };

    private static void Describe(CommandCall call, Entity machine, IReadOnlyList<Entity> groups, IReadOnlyList<Entity> keyPairs)
    {
        InstanceGroups.Join(call, machine);
        call.Apply(machine, "displayvm", "userdata", "bootmode", "boottype");
        MachineLeases.Grant(call, machine, MachineBuilder.OfferingOf(machine));
        if (call.Find("userdataid") is { } userData)
        {
            machine["userdataid"] = userData.Id;
            machine["userdataname"] = userData.Link("name");
        }

        if (call.Map("details") is { Count: > 0 } details)
        {
            machine["details"] = details;
        }

        machine["keypairs"] = keyPairs.Count == 0 ? null : string.Join(',', keyPairs.Select(pair => pair.Name));
        foreach (var group in groups)
        {
            AffinityGroups.Join(machine, group);
        }
    }

    private static Entity UsableZone(CommandCall call)
    {
        var zone = call.Target("zoneid");
        return zone.Text("allocationstate") == "Enabled" || call.Caller.IsRoot
            ? zone
            : throw ApiError.NotPermitted($"Cannot perform this operation, Zone is currently disabled: {zone.Name}");
    }

    private static Entity UsableOffering(CommandCall call, Entity? usual)
    {
        var offering = call.Find("serviceofferingid") ?? usual ?? call.Target("serviceofferingid");
        return offering.State == "Active" && !offering.Flag("issystem")
            ? offering
            : throw ApiError.Refused($"Unable to use the service offering {offering.Name}: it isn't active or is for system use.");
    }

    private static Entity UsableTemplate(CommandCall call, Entity? usual, Entity zone, Entity offering)
    {
        var template = call.Find("templateid") ?? usual ?? throw ApiError.Refused("Template id, volume id or snapshot id must be given.");
        if (template.Text("zoneid") is { } home && home != zone.Id && !template.Flag("crossZones"))
        {
            throw ApiError.Refused($"Template {template.Name} isn't available in zone {zone.Name}.");
        }

        if (!template.Flag("isready"))
        {
            throw ApiError.Refused($"Template {template.Name} isn't ready to be used.");
        }

        if (offering.Number("rootdisksize") is > 0 and var size && size * VolumeBuilder.Gigabyte < template.Number("size"))
        {
            throw ApiError.Refused($"The root disk of offering {offering.Name} is smaller than the template {template.Name}.");
        }

        return template;
    }

    private static long? RootGigabytes(CommandCall call, Entity template)
    {
        if (call.Number("rootdisksize") is not { } size)
        {
            return null;
        }

        return size > 0 && size * VolumeBuilder.Gigabyte >= template.Number("size")
            ? size
            : throw ApiError.Refused($"The root disk size of {size} GB is smaller than the template {template.Name}.");
    }

    /// <summary>The size that a custom offering leaves to the caller, in <c>details</c>.</summary>
    internal static MachineSize? CustomSize(CommandCall call, Entity offering)
    {
        if (!offering.Flag("iscustomized"))
        {
            return null;
        }

        var details = call.Map("details");
        return new MachineSize(Detail("cpuNumber"), offering.Number("cpuspeed") is > 0 and var speed ? speed : Detail("cpuSpeed"), Detail("memory"));

        long Detail(string name) =>
            details.TryGetValue(name, out var text)
            && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
                ? number
                : throw ApiError.Refused($"The custom offering {offering.Name} needs the detail {name} as a positive number.");
    }
}
