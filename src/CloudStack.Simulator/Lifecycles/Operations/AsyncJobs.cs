using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Identity;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Operations;

/// <summary>Asking about jobs. Only their own users see them, and administrators above.</summary>
internal sealed class AsyncJobs : ICommandFamily
{
    public void Register(CommandTable commands, CloudState state)
    {
        commands.Read("queryAsyncJobResult", Query);
        commands.Read("listAsyncJobs", call => Listing.Of(call, ResultClass.AsyncJob, IsPending, "startdate"));
    }

    private static Answer Query(CommandCall call)
    {
        var job = call.State.Store.Find(ResultClass.AsyncJob, call.RequiredText("jobid"))!;
        if (call.Caller.Role == RoleType.User && job.Text("userid") != call.Caller.User.Id)
        {
            throw ApiError.NotPermitted($"Unable to query the async job {job.Id}: it belongs to somebody else.");
        }

        call.DemandSight(job);
        return Answer.Of(job);
    }

    private static bool IsPending(Entity record) => record.Attribute<Job>(AttributeNames.Job)!.IsPending;
}
