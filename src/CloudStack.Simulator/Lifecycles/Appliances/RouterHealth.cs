using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Lifecycles.Compute;
using CloudStack.Simulator.Lifecycles.Networking;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Appliances;

/// <summary>What a router finds when it checks itself: all well, but for a version that is behind.</summary>
internal static class RouterHealth
{
    private const string VersionCheck = "router_version_check.py";
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    private static readonly (string Name, string Type, string Details)[] Checks =
    [
        ("connectivity.test", "basic", "The management server reaches the router"),
        ("cpu_usage_check.py", "basic", "CPU use is within its bounds"),
        ("disk_space_check.py", "basic", "Free disk space is within its bounds"),
        ("gateways_check.py", "basic", "All gateways answer"),
        ("memory_usage_check.py", "basic", "Memory use is within its bounds"),
        (VersionCheck, "basic", "The router's version is the cloud's"),
        ("dhcp_check.py", "advanced", "DHCP entries are those of the machines"),
        ("dns_check.py", "advanced", "DNS entries are those of the machines"),
        ("haproxy_check.py", "advanced", "Load balancer rules are in force"),
        ("iptables_check.py", "advanced", "Port forwarding rules are in force"),
    ];

    /// <summary>The report that <c>getRouterHealthCheckResults</c> answers.</summary>
    /// <exception cref="ApiError">The router doesn't run.</exception>
    public static Entity Report(CommandCall call)
    {
        var router = call.Target("routerid");
        if (router.Class.Name != VirtualRouters.Class)
        {
            throw ApiError.NoEntity(call.Command.Name, "routerid", router.Id);
        }

        if (router.State != MachineState.Running)
        {
            throw new ApiError(ApiError.Internal, $"Unable to check the health of the router {router.Name}: it is {router.State}, not Running.", null);
        }

        var now = call.State.Clock.GetUtcNow();
        var report = call.New(call.Command.Result);
        report["routerid"] = router.Id;
        report["healthchecks"] = Results(call.State, router, call.IsSet("performfreshchecks") ? now : LastRound(now));
        return report;
    }

    /// <summary>A router with its results.</summary>
    public static Entity Shown(CloudState state, Entity router)
    {
        var shown = router.Copy();
        shown["healthcheckresults"] = router.State == MachineState.Running ? Results(state, router, LastRound(state.Clock.GetUtcNow())) : null;
        return shown;
    }

    private static DateTimeOffset LastRound(DateTimeOffset now) => new(now.UtcTicks - (now.UtcTicks % Interval.Ticks), TimeSpan.Zero);

    private static List<Entity> Results(CloudState state, Entity router, DateTimeOffset at) => [.. Checks.Select(check =>
    {
        var isBehind = check.Name == VersionCheck && router.Flag("requiresupgrade");
        var result = state.New("RouterHealthCheckResultResponse");
        result["checkname"] = check.Name;
        result["checktype"] = check.Type;
        result["success"] = !isBehind;
        result["status"] = isBehind ? "FAILED" : "SUCCESS";
        result["lastupdated"] = at;
        result["details"] = isBehind ? $"The router's version {router.Text("version")} isn't the cloud's" : check.Details;
        return result;
    })];
}
