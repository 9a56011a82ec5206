using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Identity;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Offerings;

/// <summary>Service offerings: how many CPUs and how much memory a machine gets.</summary>
internal sealed class ServiceOfferings : ICommandFamily
{
    public void Register(CommandTable commands, CloudState state)
    {
        commands.Read("isAccountAllowedToCreateOfferingsWithTags", MayTag);
        commands.Do("createServiceOffering", Create);
        commands.Do("updateServiceOffering", Update);
        commands.Do("deleteServiceOffering", Delete);
        commands.Read("listServiceOfferings", call => Listing.Of(
            call, ResultClass.ServiceOffering, offering => IsListed(call, offering), "issystem", "virtualmachineid", "templateid", "state", "zoneid"));
    }

    private static bool IsListed(CommandCall call, Entity offering) =>
        offering.Flag("issystem") == call.IsSet("issystem")
        && OfferingScope.IsIn(call, offering)
        && OfferingScope.HasState(call, offering, "Active")
        && (call.Find("virtualmachineid") is not { } machine || offering.Id != machine.Text("serviceofferingid"));

    private static Answer Create(CommandCall call)
    {
        var (cpus, megahertz, megabytes) = (call.Number("cpunumber"), call.Number("cpuspeed"), call.Number("memory"));
        if (call.Flag("customized") == false || cpus is not null || megabytes is not null)
        {
            Demand(cpus, "cpunumber", 1);
            Demand(megabytes, "memory", 32);
        }

        if (call.Number("gpucount") is < 1 || (call.Has("gpucount") && !call.Has("vgpuprofileid")))
        {
            throw ApiError.Refused("Failed to create service offering: gpucount is a number from 1 on, of the profile that vgpuprofileid names.");
        }

        var offering = OfferingBuilder.CreateService(
            call.State, call.RequiredText("name"), call.Text("displaytext") ?? call.RequiredText("name"), cpus, megahertz, megabytes);
        call.Apply(
            offering, "issystem", "offerha", "limitcpuuse", "isvolatile", "hosttags", "networkrate", "deploymentplanner", "storagetype",
            "provisioningtype", "rootdisksize", "systemvmtype", "dynamicscalingenabled", "leaseduration", "leaseexpiryaction");
        offering["storagetags"] = call.Text("tags");
        if (call.Find("vgpuprofileid") is { } profile)
        {
            OfferingBuilder.SetGpu(call.State, offering, profile, call.Number("gpucount") ?? 1);
        }

        call.Apply(offering, "gpudisplay");
        OfferingScope.Restrict(call, offering);
        return Answer.Of(offering);
    }

    private static void Demand(long? value, string name, long least)
    {
        if (value is null || value < least)
        {
            throw ApiError.Refused($"Failed to create service offering: specify {name} as a number of at least {least}, or neither CPUs nor memory for a custom offering.");
        }
    }

    // A root administrator may; a domain administrator needs a setting that isn't kept here.
    private static Answer MayTag(CommandCall call)
    {
        var answer = call.New(call.Command.Result);
        answer["isallowed"] = call.Target("id").Text("roletype") == nameof(RoleType.Admin);
        return Answer.Of(answer);
    }

    private static Answer Update(CommandCall call)
    {
        var offering = call.Target("id");
        OfferingScope.DemandState(call);
        call.Apply(offering, "name", "displaytext", "hosttags", "storagetags", "purgeresources");
        OfferingScope.ApplyState(call, offering, "Active", "Inactive");
        return Answer.Of(offering);
    }

    private static Answer Delete(CommandCall call)
    {
        var offering = call.Target("id");
        if (offering.Flag("defaultuse"))
        {
            throw ApiError.Refused($"Default service offering {offering.Name} can't be deleted.");
        }

        // Machines keep their size; the server, too, only hides a deleted offering from new ones.
        call.State.Store.Remove(offering);
        return Answer.Done;
    }
}
