using System.Globalization;
using Cloud.Core.Catalog;
using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Identity;
using CloudStack.Simulator.Lifecycles.Operations;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Jobs;

/// <summary>Asynchronous jobs (protocol note, section 8): one at a time per subject, each taking its time.</summary>
internal sealed class JobQueue(CloudState state)
{
    private const int UsualLifetime = 1440;
    private const int UsualThreshold = 60;

    // What the server queues jobs on; it gives up a job that keeps one of these for too long.
    private static readonly string[] QueuedOn = [ResultClass.Network, "VpcResponse", "GlobalLoadBalancerResponse"];

    private readonly Dictionary<Entity, DateTimeOffset> _busyUntil = [];
    private readonly Envelope _envelope = new(state.Schema);

    /// <summary>Takes work on.</summary>
    /// <param name="command">The command.</param>
    /// <param name="caller">Who called it.</param>
    /// <param name="work">What to do.</param>
    /// <param name="chosenId">The caller's own identifier for the job, or null.</param>
    /// <returns>The job.</returns>
    /// <exception cref="ApiError">The chosen identifier is malformed or taken.</exception>
    public Job Submit(CommandSpec command, Caller caller, Work work, string? chosenId)
    {
        var now = state.Clock.GetUtcNow();
        var starts = work.Touches.Select(entity => _busyUntil.GetValueOrDefault(entity)).Append(now).Max();
        var record = NewRecord(command, caller, work, CheckedId(chosenId));
        var fate = state.Fates.Decide(command.Name, record.Id);
        var longest = Minutes("job.cancel.threshold.minutes", UsualThreshold);
        var isTooLong = fate.Time > longest && work.Touches.Any(entity => QueuedOn.Contains(entity.Class.Name));
        var job = new Job(command, caller, work, record)
        {
            Starts = starts,
            Ends = starts + (isTooLong ? longest : fate.Time),
            IsTooLong = isTooLong,
            Fault = fate.Fault,
        };
        job.Record["jobprocstatus"] = new JobProgress(job, state.Clock);
        job.Record.SetAttribute(AttributeNames.Job, job);
        state.Store.Add(job.Record);
        job.FirstEvent = state.Events.Write(job, "Scheduled", null);
        foreach (var entity in work.Touches)
        {
            _busyUntil[entity] = job.Ends;
        }

        // Both at once: the end of a job comes before the beginning of the next one, which is due at the same time.
        state.Timeline.At(job.Starts, () => Begin(job));
        state.Timeline.At(job.Ends, () => Finish(job));
        state.Timeline.At(now + Minutes("job.expire.minutes", UsualLifetime), () => Forget(job));
        state.Timeline.RunDue(now);
        return job;
    }

    /// <exception cref="ApiError">A job is under way or waiting on an object that a command wants to change at once.</exception>
    public void DemandIdle(Entity entity)
    {
        if (_busyUntil.TryGetValue(entity, out var until) && until > state.Clock.GetUtcNow())
        {
            throw ApiError.Refused($"Another job works on {entity.Name ?? entity.Id}; wait until it's done.");
        }
    }

    /// <summary>Loses every pending job, as a restart of the server does; work that has begun is done all the same.</summary>
    public void LosePending()
    {
        var pending = state.Table(ResultClass.AsyncJob).Select(record => record.Attribute<Job>(AttributeNames.Job))
            .OfType<Job>().Where(job => job.IsPending).ToList();
        foreach (var job in pending)
        {
            if (job.HasBegun)
            {
                TryFinish(job.Work);
            }

            Fail(job, ApiError.Restarted(), isAbandoned: !job.HasBegun);
        }
    }

    private static void TryFinish(Work work)
    {
        try
        {
            work.Finish();
        }
        catch (ApiError)
        {
            // A host's failure is lost with the job.
        }
    }

    private static void DemandThere(Job job)
    {
        if (job.Needs.FirstOrDefault(entity => entity.Table is null) is { } gone)
        {
            throw ApiError.Refused($"{gone.Name ?? gone.Id} was deleted before the job was done.");
        }
    }

    private static void FailAsDecided(Job job)
    {
        if (job.Fault is { } fault)
        {
            throw fault == FaultKind.LoseJob ? ApiError.Restarted() : new ApiError(ApiError.Internal, "The job was made to fail.", null);
        }
    }

    private void Begin(Job job)
    {
        if (!job.IsPending)
        {
            return;
        }

        try
        {
            FailAsDecided(job);
            DemandThere(job);
            job.Work.Begin?.Invoke();
            job.HasBegun = true;
            state.Events.Write(job, "Started", job.FirstEvent);
        }
        catch (Exception error)
        {
            Fail(job, ApiError.Of(error));
        }
    }

    private void Finish(Job job)
    {
        if (!job.IsPending || !job.HasBegun)
        {
            return;
        }

        try
        {
            DemandThere(job);
            if (job.IsTooLong)
            {
                throw ApiError.BlockedTooLong();
            }

            var answer = job.Work.Finish();
            var record = job.Record;
            record["jobresult"] = new RawJson(_envelope.WriteJobResult(job.Command, answer, isFull: job.Caller.IsRoot));
            Close(job, status: 1, code: 0, answer is SuccessAnswer ? "text" : "object");
            state.Events.Write(job, "Completed", job.FirstEvent);
        }
        catch (Exception error)
        {
            Fail(job, ApiError.Of(error));
        }
    }

    private void Fail(Job job, ApiError error, bool isAbandoned = true)
    {
        if (isAbandoned && job.Work.Subject is not { Table: null })
        {
            job.Work.Abandon?.Invoke();
        }

        // A job killed by a restart leaves a text that the server can't read back, so that no result is answered.
        job.Record["jobresult"] = error.LeavesNoResult ? null : new RawJson(Envelope.WriteJobError(error.Code, error.Message));
        Close(job, status: 2, error.Code, "object");
        state.Events.Write(job, "Completed", job.FirstEvent, "ERROR", error.Message);
    }

    private void Close(Job job, long status, long code, string resultType)
    {
        job.Record["jobstatus"] = status;
        job.Record["jobresultcode"] = code;
        job.Record["jobresulttype"] = resultType;
        job.Record["jobprocstatus"] = 0L;
        job.Record["completed"] = state.Clock.GetUtcNow();
        foreach (var entity in job.Work.Touches)
        {
            if (_busyUntil.TryGetValue(entity, out var until) && until <= job.Ends)
            {
                _busyUntil.Remove(entity);
            }
        }

        state.Timeline.At(
            state.Clock.GetUtcNow() + Minutes("job.expire.minutes", UsualLifetime), () => state.Store.Remove(job.Record));
    }

    /// <summary>Drops a job that is still pending when finished ones of its age are forgotten.</summary>
    private void Forget(Job job)
    {
        if (job.IsPending)
        {
            Fail(job, ApiError.Restarted());
            state.Store.Remove(job.Record);
        }
    }

    private TimeSpan Minutes(string setting, int usual) =>
        long.TryParse(Configurations.ValueOf(state, setting, state.Table(ResultClass.Domain).First()), NumberStyles.None,
            CultureInfo.InvariantCulture, out var minutes) && minutes is > 0 and < int.MaxValue
            ? TimeSpan.FromMinutes(minutes) : TimeSpan.FromMinutes(usual);

    private string CheckedId(string? chosenId)
    {
        if (chosenId is null)
        {
            return state.Ids.NextId();
        }

        if (!Guid.TryParseExact(chosenId, "D", out var id))
        {
            throw ApiError.Refused($"Job id {chosenId} isn't a UUID.");
        }

        return state.Store.Find(id.ToString()) is null
            ? id.ToString()
            : throw ApiError.Refused($"The requested job id {chosenId} already exists.");
    }

    private Entity NewRecord(CommandSpec command, Caller caller, Work work, string id)
    {
        var record = new Entity(state.Schema.Of(ResultClass.AsyncJob), id);
        caller.Owner.Claim(record);
        record["jobid"] = id;
        record["userid"] = caller.User.Id;
        record["cmd"] = "simulated.command." + char.ToUpperInvariant(command.Name[0]) + command.Name[1..] + "Cmd";
        record["created"] = state.Clock.GetUtcNow();
        record["jobstatus"] = 0L;
        record["jobresultcode"] = 0L;
        if (work.Subject is { } subject)
        {
            record["jobinstanceid"] = subject.Id;
            record["jobinstancetype"] = subject.Class.Name.Replace("Response", "", StringComparison.Ordinal);
        }

        return record;
    }
}
