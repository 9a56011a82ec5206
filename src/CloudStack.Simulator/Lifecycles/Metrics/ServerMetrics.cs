using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Metrics;

/// <summary>The management server, its database and its usage server, as busy as the simulated cloud is.</summary>
internal sealed class ServerMetrics : ICommandFamily
{
    private static readonly TimeSpan UsageRun = TimeSpan.FromDays(1);

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Read("listManagementServersMetrics", call => Listing.Of(call, "ManagementServerResponse", null, "system", "peers")
            .ShownAs(server => OfServer(call, server)));
        commands.Read("listDbMetrics", OfDatabase);
        commands.Read("listUsageServerMetrics", OfUsageServer);
    }

    private static Entity OfServer(CommandCall call, Entity server)
    {
        var picture = Pictures.Of(call, server, "ManagementServerMetricsResponse");
        picture["collectiontime"] = call.State.Clock.GetUtcNow();
        picture["lastserverstart"] = server["lastserverstart"] ?? Started(call);
        picture["pendingjobscount"] = (long)call.State.Table(ResultClass.AsyncJob).Count(job => job.Number("jobstatus") == 0);
        picture["agentcount"] = (long)call.State.Table(ResultClass.Host).Count(host => host.State == "Up");
        picture["dbislocal"] = true;
        picture["usageislocal"] = true;
        return picture;
    }

    private static Answer OfDatabase(CommandCall call)
    {
        var now = call.State.Clock.GetUtcNow();
        var uptime = (long)(now - Started(call)).TotalSeconds;
        var picture = call.New("DbMetricsResponse");
        picture["collectiontime"] = now;
        picture["hostname"] = "mgmt-01";
        picture["uptime"] = uptime;
        picture["connections"] = 10L + (now.ToUnixTimeSeconds() / 60 % 5);
        picture["queries"] = uptime * 40;
        return Answer.Of(picture);
    }

    private static Answer OfUsageServer(CommandCall call)
    {
        var now = call.State.Clock.GetUtcNow();
        var picture = call.New("UsageServerMetricsResponse");
        picture["collectiontime"] = now;
        picture["hostname"] = "mgmt-01";
        picture["state"] = "Up";
        picture["lastheartbeat"] = new DateTimeOffset(now.Ticks - (now.Ticks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
        picture["lastsuccessfuljob"] = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % UsageRun.Ticks), TimeSpan.Zero);
        return Answer.Of(picture);
    }

    // The cloud is as old as its oldest host.
    private static DateTimeOffset Started(CommandCall call) => call.State.Table(ResultClass.Host)
        .Select(host => host["created"] as DateTimeOffset?).Min() ?? call.State.Clock.GetUtcNow();
}
