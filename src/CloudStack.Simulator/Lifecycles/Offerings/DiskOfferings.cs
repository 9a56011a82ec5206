using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Offerings;

/// <summary>Disk offerings: how large a data volume is.</summary>
internal sealed class DiskOfferings : ICommandFamily
{
    public void Register(CommandTable commands, CloudState state)
    {
        commands.Do("createDiskOffering", Create);
        commands.Do("updateDiskOffering", Update);
        commands.Do("deleteDiskOffering", Delete);
        commands.Read("listDiskOfferings", call => Listing.Of(
            call, ResultClass.DiskOffering,
            offering => OfferingScope.IsIn(call, offering) && OfferingScope.HasState(call, offering, "Active"),
            "state", "zoneid", "virtualmachineid", "volumeid"));
    }

    private static Answer Create(CommandCall call)
    {
        var size = call.Number("disksize");
        if (call.IsSet("customized") ? size > 0 : size is null or <= 0)
        {
            throw ApiError.Refused("Disksize is required for a disk offering that isn't customized, and isn't allowed for one that is.");
        }

        var offering = OfferingBuilder.CreateDisk(
            call.State, call.RequiredText("name"), call.Text("displaytext") ?? call.RequiredText("name"), call.IsSet("customized") ? null : size);
        call.Apply(offering, "displayoffering", "storagetype", "provisioningtype", "encrypt", "tags", "miniops", "maxiops", "disksizestrictness");
        offering["iscustomizediops"] = call.IsSet("customizediops");
        OfferingScope.Restrict(call, offering);
        return Answer.Of(offering);
    }

    private static Answer Update(CommandCall call)
    {
        var offering = call.Target("id");
        OfferingScope.DemandState(call);
        call.Apply(offering, "name", "displaytext", "displayoffering", "tags");
        OfferingScope.ApplyState(call, offering, "Active", "Inactive");
        return Answer.Of(offering);
    }

    private static Answer Delete(CommandCall call)
    {
        call.State.Store.Remove(call.Target("id"));
        return Answer.Done;
    }
}
