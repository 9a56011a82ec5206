using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.AutoScale;

/// <summary>What the machines of a group are made of.</summary>
internal sealed class AutoScaleProfiles : ICommandFamily
{
    public const string Class = "AutoScaleVmProfileResponse";
    private const long UsualGraceSeconds = 60;

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Begin("createAutoScaleVmProfile", Create);
        commands.Begin("updateAutoScaleVmProfile", Update);
        commands.Begin("deleteAutoScaleVmProfile", Delete);
        commands.Read("listAutoScaleVmProfiles", call => Listing.Of(call, Class, null, "otherdeployparams"));
    }

    private static Work Create(CommandCall call)
    {
        var owner = call.NewOwner();
        var zone = call.Target("zoneid");
        Demand(call);
        var profile = call.Create(Class, owner);
        profile["zoneid"] = zone.Id;
        profile["expungevmgraceperiod"] = UsualGraceSeconds;
        profile["autoscaleuserid"] = call.Caller.User.Id;
        Apply(call, profile);
        return new Work(profile, () => Answer.Of(profile)) { Abandon = () => call.State.Store.Remove(profile) };
    }

    private static Work Update(CommandCall call)
    {
        var profile = call.Target("id");
        Demand(call);
        return Work.On(profile, () => Apply(call, profile)) with
        {
            Begin = () => AutoScaleGroups.DemandDisabled(call.State, profile),
        };
    }

    private static Work Delete(CommandCall call)
    {
        var profile = call.Target("id");
        return Work.Removing(call.State.Store, profile) with
        {
            Begin = () => AutoScaleGroups.DemandUnused(call.State, profile, "profile"),
        };
    }

    private static void Demand(CommandCall call)
    {
        if (call.Find("serviceofferingid") is { } offering && (offering.State != "Active" || offering.Flag("iscustomized")))
        {
            throw ApiError.Refused($"The service offering {offering.Name} isn't active, or leaves the size open.");
        }

        if (call.Find("templateid") is { } template && !template.Flag("isready"))
        {
            throw ApiError.Refused($"Template {template.Name} isn't ready to be used.");
        }

        if (call.Number("expungevmgraceperiod") is < 0)
        {
            throw ApiError.Refused("The grace period can't be negative.");
        }
    }

    private static void Apply(CommandCall call, Entity profile)
    {
        call.Apply(profile, "serviceofferingid", "templateid", "autoscaleuserid", "expungevmgraceperiod", "fordisplay", "userdata", "userdataid");
        foreach (var map in (string[])["counterparam", "otherdeployparams"])
        {
            if (call.Has(map))
            {
                profile[map] = call.Map(map);
            }
        }
    }
}
