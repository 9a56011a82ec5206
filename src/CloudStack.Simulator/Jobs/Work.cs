using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Jobs;

/// <summary>
/// What an asynchronous command does once its arguments are accepted. Work on the same subject or queue is done one after
/// the other.
/// </summary>
/// <param name="Subject">The object worked on, or null where there is none.</param>
/// <param name="Finish">Does the work when its time is up, and gives the job's result.</param>
internal sealed record Work(Entity? Subject, Func<Answer> Finish)
{
    /// <summary>Checks the state and enters the state on the way, when the job's turn comes. Throws to fail the job.</summary>
    public Action? Begin { get; init; }

    /// <summary>Cleans up what the command made before its job, where the job fails.</summary>
    public Action? Abandon { get; init; }

    /// <summary>What the work waits for beside its subject, such as the machine that a volume is attached to.</summary>
    public Entity? Queue { get; init; }

    /// <summary>All that the work waits for, and that has to be there until it's done.</summary>
    public IEnumerable<Entity> Touches => new[] { Subject, Queue }.OfType<Entity>().Distinct();

    public static Work On(Entity subject, Action work) => new(subject, () =>
    {
        work();
        return Answer.Of(subject);
    });

    /// <summary>Takes an object out of the cloud, with nothing else to clean up.</summary>
    public static Work Removing(CloudStore store, Entity subject) => new(subject, () =>
    {
        store.Remove(subject);
        return Answer.Done;
    });
}
