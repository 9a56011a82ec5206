using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Operations;

/// <summary>What the cloud says about itself.</summary>
internal sealed class Capabilities : ICommandFamily
{
    private static readonly string[] Hypervisors = ["KVM", "VMware", "XenServer"];
    private static readonly string[] Planners =
        ["FirstFitPlanner", "UserDispersingPlanner", "UserConcentratedPodPlanner", "ImplicitDedicationPlanner", "BareMetalPlanner"];

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Read("listCapabilities", List);
        commands.Read("listHypervisors", call => Named(call, Hypervisors));
        commands.Read("listDeploymentPlanners", call => Named(call, Planners));
        commands.Read("listOsTypes", call => Listing.Of(call, ResultClass.OsType));
        commands.Read("listOsCategories", call => Listing.Of(call, ResultClass.OsCategory));
        commands.Read("listManagementServers", call => Listing.Of(call, "ManagementServerResponse"));
    }

    private static Answer Named(CommandCall call, string[] names) => Answer.List(names.Select(name =>
    {
        var entry = call.New(call.Command.Result);
        entry["name"] = name;
        return entry;
    }));

    private static Answer List(CommandCall call)
    {
        var answer = call.New(call.Command.Result);
        answer["cloudstackversion"] = call.State.Options.ServerVersion;
        answer["defaultuipagesize"] = 20L;
        answer["securitygroupsenabled"] = false;
        answer["supportELB"] = "false";
        answer["userpublictemplateenabled"] = true;
        answer["projectinviterequired"] = false;
        answer["allowusercreateprojects"] = true;
        answer["customdiskofferingminsize"] = 1L;
        answer["customdiskofferingmaxsize"] = 1024L;
        answer["regionsecondaryenabled"] = false;
        answer["kvmsnapshotenabled"] = true;
        answer["allowuserviewdestroyedvm"] = false;
        answer["allowuserexpungerecovervm"] = false;
        answer["allowuserforcestopvm"] = true;
        answer["dynamicrolesenabled"] = true;
        answer["dynamicscalingenabled"] = true;
        answer["kubernetesserviceenabled"] = true;
        if (call.State.Throttle.Limit is { } limit)
        {
            answer["apilimitinterval"] = (long)limit.Interval.TotalSeconds;
            answer["apilimitmax"] = (long)limit.Calls;
        }

        return Answer.Of(answer);
    }
}
