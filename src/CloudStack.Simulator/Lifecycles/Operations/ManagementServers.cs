using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Operations;

/// <summary>
/// The cloud's only management server, on its way down and up again. On the way it takes no new jobs; when the last one is
/// done it's ready or, where the shutdown was triggered, it stops and is started again at once.
/// </summary>
internal sealed class ManagementServers : ICommandFamily
{
    private const string Up = "Up";
    private const string Preparing = "PreparingForShutDown";
    private const string Ready = "ReadyToShutDown";
    private const string ShuttingDown = "ShuttingDown";
    private const string Class = "ManagementServerResponse";
    private static readonly string[] Algorithms = ["static", "roundrobin", "shuffle"];
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(3);

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Read("readyForShutdown", call => Show(call, call.Target("managementserverid")));
        commands.Do("prepareForShutdown", Prepare);
        commands.Do("cancelShutdown", Cancel);
        commands.Do("triggerShutdown", Trigger);
        commands.Do("prepareForMaintenance", Maintain);
        commands.Do("cancelMaintenance", _ => throw Failed("cancel maintenance"));
        commands.Do("removeManagementServer", Remove);
    }

    /// <exception cref="ApiError">The server takes no new jobs.</exception>
    public static void DemandJobs(CloudState state)
    {
        if (state.Table(Class).FirstOrDefault() is { State: not Up } server)
        {
            throw new ApiError(
                ApiError.NotAvailable, $"Maintenance or shutdown of the management server {server.Name} has been initiated; it accepts no new jobs.");
        }
    }

    private static Answer Prepare(CommandCall call)
    {
        var server = call.Target("managementserverid");
        Demand(server, "prepare for shutdown", Up);
        Leave(call, server, Preparing);
        return Show(call, server);
    }

    private static Answer Cancel(CommandCall call)
    {
        var server = call.Target("managementserverid");
        Demand(server, "cancel shutdown", Preparing, Ready);
        server["state"] = Up;
        return Show(call, server);
    }

    private static Answer Trigger(CommandCall call)
    {
        var server = call.Target("managementserverid");
        Demand(server, "trigger shutdown", Up, Preparing, Ready);
        Leave(call, server, ShuttingDown);
        return Show(call, server);
    }

    private static Answer Maintain(CommandCall call)
    {
        if (call.Text("algorithm") is { Length: > 0 } algorithm && !Algorithms.Contains(algorithm, StringComparer.OrdinalIgnoreCase))
        {
            throw ApiError.Refused($"Invalid algorithm {algorithm}; one of {string.Join(", ", Algorithms)} is valid.");
        }

        throw new ApiError(
            ApiError.Internal,
            call.State.Table(Class).Any(server => server.State == Up)
                ? "Prepare for maintenance isn't supported: there is only one active management server."
                : "Can't prepare for maintenance: there is no active management server.",
            null);
    }

    private static Answer Remove(CommandCall call)
    {
        var server = call.Target("id");
        throw ApiError.Refused(
            $"Unable to remove the management server {server.Name} in state {server.State}; only one in state Down can be removed.");
    }

    private static void Demand(Entity server, string what, params string[] states)
    {
        if (!states.Contains(server.State))
        {
            throw Failed(what);
        }
    }

    private static ApiError Failed(string what) => new(ApiError.Internal, $"Management server is not in the right state to {what}.", null);

    private static void Leave(CommandCall call, Entity server, string state)
    {
        server["state"] = state;
        call.State.Timeline.At(call.State.Clock.GetUtcNow() + Look, () => LookAtJobs(call.State, server, state));
    }

    /// <summary>Looks every three seconds whether the last job is done, until it is or somebody called the shutdown off.</summary>
    private static void LookAtJobs(CloudState state, Entity server, string expected)
    {
        if (server.State != expected)
        {
            return;
        }

        if (PendingJobs(state) > 0)
        {
            state.Timeline.At(state.Clock.GetUtcNow() + Look, () => LookAtJobs(state, server, expected));
        }
        else if (expected == Preparing)
        {
            server["state"] = Ready;
        }
        else
        {
            state.Sessions.CloseAll();
            server["lastserverstop"] = state.Clock.GetUtcNow();
            server["lastserverstart"] = state.Clock.GetUtcNow();
            server["state"] = Up;
        }
    }

    private static long PendingJobs(CloudState state) => state.Table(ResultClass.AsyncJob).Count(job => job.Number("jobstatus") == 0);

    private static Answer Show(CommandCall call, Entity server)
    {
        var (agents, jobs) = (call.State.Table(ResultClass.Host).Select(host => host.Id).ToList(), PendingJobs(call.State));
        var answer = call.New(call.Command.Result);
        answer["managementserverid"] = server.Id;
        answer["state"] = server.State;
        answer["maintenanceinitiated"] = false;
        answer["shutdowntriggered"] = server.State is Preparing or Ready or ShuttingDown;
        answer["readyforshutdown"] = jobs == 0;
        answer["pendingjobscount"] = jobs;
        answer["agents"] = agents;
        answer["agentscount"] = (long)agents.Count;
        return Answer.Of(answer);
    }
}
