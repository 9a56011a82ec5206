using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Lifecycles.Compute;
using CloudStack.Simulator.Lifecycles.Networking;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Appliances;

/// <summary>Virtual routers as administrators handle them: started, stopped, rebooted, resized, brought to a new template, destroyed.</summary>
internal sealed class Routers : ICommandFamily
{
    private static readonly string[] Wheres = ["id", "domainid", "clusterid", "podid", "zoneid"];

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Read("listRouters", call => List(call, VirtualRouters.Role));
        commands.Begin("startRouter", Start);
        commands.Begin("stopRouter", Stop);
        commands.Begin("rebootRouter", Reboot);
        commands.Begin("destroyRouter", Destroy);
        commands.Do("changeServiceForRouter", Resize);
        commands.Do("upgradeRouterTemplate", Upgrade);
        commands.Read("getRouterHealthCheckResults", call => Answer.Of(RouterHealth.Report(call)));
    }

    /// <summary>Lists the machines of a role.</summary>
    public static Answer List(CommandCall call, string role)
    {
        var network = call.Find("networkid");
        var cluster = call.Text("clusterid");
        var routers = Listing.Filter(
            call, call.State.Table(VirtualRouters.Class), Scope.Of(call),
            router => router.Text("role") == role && (network is null || Serves(router, network))
                && (call.Flag("forvpc") is not { } forVpc || router.Text("vpcid") is not null == forVpc)
                && (cluster is null || call.State.Store.Find(router.Text("hostid"))?.Text("clusterid") == cluster));
        return Answer.List(call.IsSet("fetchhealthcheckresults") ? routers.Select(router => RouterHealth.Shown(call.State, router)) : routers);
    }

    private static bool Serves(Entity router, Entity network) =>
        router.Text("guestnetworkid") == network.Id || (router.Text("vpcid") is { } vpc && vpc == network.Text("vpcid"));

    private static Work Start(CommandCall call)
    {
        var router = Target(call);
        return Change(call, router, () => Appliance.Start(call.State, router));
    }

    private static Work Stop(CommandCall call)
    {
        var router = Target(call);
        return Change(call, router, () => Appliance.Stop(call.State, router));
    }

    private static Work Reboot(CommandCall call)
    {
        var router = Target(call);
        return Change(call, router, () => { }) with
        {
            Begin = () =>
            {
                if (router.State != MachineState.Running)
                {
                    throw new ApiError(ApiError.Unavailable, $"Unable to reboot the router {router.Name}: it is {router.State}, not Running.", null);
                }
            },
        };
    }

    private static Work Destroy(CommandCall call)
    {
        var router = Target(call);
        return Change(call, router, () => VirtualRouters.Discard(call.State, router));
    }

    /// <summary>Whatever happens to one of two routers, the other may have to take over.</summary>
    private static Work Change(CommandCall call, Entity router, Action change) => Work.On(router, () =>
    {
        var place = VirtualRouters.PlaceOf(call.State, router);
        change();
        VirtualRouters.Elect(call.State, place);
    });

    private static Answer Resize(CommandCall call)
    {
        var router = Target(call);
        var offering = call.Target("serviceofferingid");
        if (router.Text("serviceofferingid") == offering.Id)
        {
            return Answer.Of(router);
        }

        if (router.State != MachineState.Stopped)
        {
            throw ApiError.Refused($"Unable to resize the router {router.Name} in state {router.State}; stop it first.");
        }

        Appliance.SetOffering(router, offering, SystemOfferings.Router);
        return Answer.Of(router);
    }

    /// <summary>Answers a job for each router that is behind; up-to-date ones are left alone.</summary>
    private static Answer Upgrade(CommandCall call)
    {
        var named = Wheres.Where(call.Has).ToList();
        if (named.Count != 1)
        {
            throw ApiError.Refused("Please specify one of id, zoneid, podid, clusterid and domainid (with account or without), and only one.");
        }

        var reboot = call.State.Catalog.FindCommand("rebootRouter")!;
        var behind = named[0] == "id" ? [Target(call)] : Listing.Filter(
            call, call.State.Table(VirtualRouters.Class), Scope.Of(call),
            router => router.Text("role") == VirtualRouters.Role && (call.Text("clusterid") is not { } cluster || call.State.Store.Find(router.Text("hostid"))?.Text("clusterid") == cluster));
        return Answer.List(behind.Where(router => router.Flag("requiresupgrade")).ToList().Select(router =>
        {
            var work = Change(call, router, () =>
            {
                VirtualRouters.SetVersion(router, call.State.Options.ServerVersion, isCurrent: true);
                Appliance.Start(call.State, router);
            });
            var entry = call.New(call.Command.Result);
            entry["jobid"] = call.State.Jobs.Submit(reboot, call.Caller, work, null).Record.Id;
            entry["jobstatus"] = 0L;
            return entry;
        }).ToList());
    }

    /// <summary>The machine of a role that the call names.</summary>
    /// <exception cref="ApiError">It names another kind of machine.</exception>
    public static Entity Target(CommandCall call, string role = VirtualRouters.Role)
    {
        var router = call.Target("id");
        return router.Class.Name == VirtualRouters.Class && router.Text("role") == role
            ? router
            : throw ApiError.NoEntity(call.Command.Name, "id", router.Id);
    }
}
