using System.Text.Json;
using Cloud.Core.Errors;
using Cloud.Core.Security;

namespace CloudStack.Mcp.Server.Tasks;

/// <summary>
/// Names tasks. A name holds all there is to know of its task, sealed, so that nothing is kept here: whichever replica is
/// asked can answer, also after a restart where the key is set.
/// </summary>
/// <param name="key">The key that replicas share.</param>
/// <param name="cloud">The cloud whose jobs they are.</param>
/// <param name="time">The clock.</param>
internal sealed class TaskIds(byte[] key, string cloud, TimeProvider time)
{
    private readonly SealedText _seal = new(key, "task:" + cloud);

    /// <summary>Makes a task of a job.</summary>
    /// <param name="job">The job.</param>
    /// <param name="command">The API name of the command that started it.</param>
    /// <param name="caller">Who may ask about it.</param>
    public StartedTask Begin(string job, string command, string caller) => new(job, command, caller, time.GetUtcNow().ToUnixTimeMilliseconds());

    /// <summary>The task's name: the cloud's, a full stop, and the sealed rest.</summary>
    /// <param name="task">The task.</param>
    public string NameOf(StartedTask task) =>
        Uri.EscapeDataString(cloud) + '.' + _seal.Seal(JsonSerializer.SerializeToUtf8Bytes(task, TaskJson.Default.StartedTask));

    /// <summary>Finds the cloud that a name was made in.</summary>
    /// <param name="name">The name, which may come from anywhere.</param>
    /// <returns>The cloud's name as the task's name has it, or null where it has none.</returns>
    public static string? CloudOf(string name) =>
        name.LastIndexOf('.') is > 0 and var end ? Uri.UnescapeDataString(name[..end]) : null;

    /// <summary>Reads a task out of its name.</summary>
    /// <param name="name">The name, which may come from anywhere.</param>
    /// <param name="caller">Who asks.</param>
    /// <exception cref="CloudException"><see cref="ErrorCause.NotFound"/>: it names no task of this caller, or one of long ago.</exception>
    public StartedTask Read(string name, string caller)
    {
        // One word for all names that are no good here: nobody learns from it whether another's task exists.
        if (CloudOf(name) != cloud
            || _seal.Open(name[(name.LastIndexOf('.') + 1)..]) is not { } content
            || JsonSerializer.Deserialize(content, TaskJson.Default.StartedTask) is not { } task
            || task.Caller != caller)
        {
            throw new CloudException(
                ErrorCause.NotFound, "There is no such task for this caller.", "Ask cloud_job about the job, or look at the object's state.");
        }

        return time.GetUtcNow() - task.Created < StartedTask.Lifetime ? task : throw new CloudException(
            ErrorCause.NotFound, "The task has expired: the cloud has forgotten its job.", "Look at the object's state.");
    }
}
