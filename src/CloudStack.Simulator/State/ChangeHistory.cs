using System.Runtime.ExceptionServices;
using Cloud.Core.Errors;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Protocol;

namespace CloudStack.Simulator.State;

/// <summary>
/// Numbers the changes of a cloud, keeps them where there is a state file, and makes those of the file again. A life cycle
/// that takes its time from <see cref="CloudState.Clock"/> and chance from <see cref="CloudState.Ids"/> needs nothing more to
/// be kept.
/// </summary>
internal sealed class ChangeHistory(CloudState state, StateFile? file)
{
    private long _number;
    private DateTimeOffset _last = DateTimeOffset.MinValue;

    /// <summary>How many changes were made again from the file.</summary>
    public int Restored { get; private set; }

    /// <summary>Makes one change, at one time and with its own identifiers. Needs the lock of all changes.</summary>
    /// <param name="describe">What to keep of it, asked for afterwards; null where it isn't to be kept.</param>
    /// <param name="work">The change.</param>
    public void Make(Func<Change?>? describe, Action work)
    {
        if (describe is not null)
        {
            file?.DemandWhole();
        }

        var now = state.Clock.GetUtcNow();
        var outcome = Run(++_number, now > _last ? now : _last, [], work, out var failure);
        if (file is not null && (failure is null || outcome.Touched > 0) && describe?.Invoke() is { } change)
        {
            file.Append(change with { Number = _number, Time = _last, Jobs = state.Fates.Decided, Outcome = outcome });
        }

        failure?.Throw();
    }

    /// <summary>When the latest change happened, by the cloud's clock.</summary>
    public DateTimeOffset Last => _last;

    /// <summary>Makes kept changes again.</summary>
    /// <param name="changes">The changes.</param>
    /// <param name="again">Makes one of them.</param>
    /// <param name="traces">What each of them made is noted here.</param>
    /// <exception cref="CloudException">One comes out differently.</exception>
    public void Restore(IReadOnlyList<Change> changes, Action<Change> again, List<ChangeTrace> traces)
    {
        foreach (var change in changes)
        {
            _number = change.Number;
            state.Timeline.Order = change.Order ?? state.Timeline.Order;
            using var trace = new ChangeTrace(state);
            traces.Add(trace);
            var outcome = Run(change.Number, change.Time, change.Jobs, () => again(change), out _);
            Restored++;
            if (outcome != change.Outcome)
            {
                throw new CloudException(
                    ErrorCause.Local,
                    $"The state file can't be taken up: {change.Command}, its change {Restored}, comes out differently now.",
                    "It was written by another version of the simulator; use that one, or name another file to begin anew.");
            }
        }

        state.Clock.NotBefore(_last);
    }

    private ChangeOutcome Run(
        long number, DateTimeOffset time, IReadOnlyList<JobFate> known, Action work, out ExceptionDispatchInfo? failure)
    {
        _last = time;
        state.Timeline.RunDue(time);
        state.Fates.Begin(known);
        var before = state.Store.Version;
        Exception? thrown = null;
        state.Clock.Hold(time, () => state.Ids.Hold(number, () =>
        {
            try
            {
                work();
            }
            catch (Exception error)
            {
                thrown = error;
            }
        }));
        failure = thrown is null ? null : ExceptionDispatchInfo.Capture(thrown);
        return new ChangeOutcome(thrown is null ? 200 : ApiError.Of(thrown).Code, state.Store.Version - before);
    }
}
