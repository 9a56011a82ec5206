using Cloud.Core.Catalog;
using Cloud.Core.Objects;

namespace Cloud.Core.Operations;

/// <summary>What differs between clouds: how a bound command is sent, paged, followed and its names found.</summary>
public interface ICloudProvider
{
    /// <summary>The product's name, such as <c>CloudStack</c>.</summary>
    string Name { get; }

    /// <summary>The server this provider speaks to, without credentials.</summary>
    Uri Endpoint { get; }

    /// <summary>The commands it knows.</summary>
    CommandCatalog Catalog { get; }

    /// <summary>Gives the class that a word stands for, for commands that work on objects of any class.</summary>
    /// <param name="word">The word, as the command's parameter takes it.</param>
    /// <returns>The result class, or null for an unknown word.</returns>
    string? ClassOfKind(string word) => null;

    /// <summary>Makes the typed model of an answered object.</summary>
    /// <param name="resultClass">The result class of the command that answered.</param>
    /// <param name="json">The object.</param>
    /// <returns>The model; a plain <see cref="CloudObject"/> where the class has none.</returns>
    CloudObject CreateModel(string resultClass, System.Text.Json.JsonElement json);

    /// <summary>Sends a command that doesn't answer with pages.</summary>
    /// <param name="command">The command.</param>
    /// <param name="cancellationToken">Stops the wait; the server may still act.</param>
    /// <returns>The answer: objects, a success flag, or a job's ticket.</returns>
    /// <exception cref="Errors.CloudException">The call failed; the cause says whether the server may have acted.</exception>
    Task<CommandReply> SendAsync(BoundCommand command, CancellationToken cancellationToken);

    /// <summary>Sends a paged list and gives its pages one after the other; no row twice, none left out.</summary>
    /// <param name="command">The command.</param>
    /// <param name="rows">The rows wanted.</param>
    /// <param name="cancellationToken">Stops the listing.</param>
    /// <returns>Pages with at least one object each, except that an empty list gives one empty page.</returns>
    /// <exception cref="Errors.CloudException">A page failed.</exception>
    IAsyncEnumerable<ResultPage> PageAsync(BoundCommand command, RowRange rows, CancellationToken cancellationToken);

    /// <summary>Asks once how a job stands.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="spec">The command that started it, or null where that isn't known.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The job's state.</returns>
    /// <exception cref="Errors.CloudException">The question failed; the job isn't touched.</exception>
    Task<JobSnapshot> PollAsync(string jobId, CommandSpec? spec, CancellationToken cancellationToken);

    /// <summary>Finds the objects of a class whose name equals a text exactly.</summary>
    /// <param name="resultClass">The class; it has a <see cref="ResultSpec.Finder"/>.</param>
    /// <param name="name">The name.</param>
    /// <param name="context">The command the object is for; its scope arguments (project, domain, account, zone) narrow the search.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>All exact matches.</returns>
    /// <exception cref="Errors.CloudException">The search failed.</exception>
    Task<IReadOnlyList<NamedTarget>> FindAsync(
        string resultClass, string name, BoundCommand context, CancellationToken cancellationToken);

    /// <summary>Looks one object up by its identifier, to show and check it before it's acted on.</summary>
    /// <param name="resultClass">The class; it has a <see cref="ResultSpec.Finder"/>.</param>
    /// <param name="id">The identifier.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>The object, or null where the caller can see none of that identifier.</returns>
    /// <exception cref="Errors.CloudException">The search failed.</exception>
    Task<NamedTarget?> LookUpAsync(string resultClass, string id, CancellationToken cancellationToken);
}

/// <summary>An object that a name or identifier stands for.</summary>
/// <param name="ResultClass">The object's result class.</param>
/// <param name="Id">Its identifier.</param>
/// <param name="Name">Its name as people know it.</param>
/// <param name="Context">What tells it from others of the same name, such as the account, domain or zone; may be empty.</param>
public sealed record NamedTarget(string ResultClass, string Id, string Name, string Context);

/// <summary>One page of a list.</summary>
/// <param name="Objects">The page's objects as typed models.</param>
/// <param name="TotalCount">How many the server says there are in all, or null where it doesn't say.</param>
public sealed record ResultPage(IReadOnlyList<CloudObject> Objects, long? TotalCount)
{
    /// <summary>Takes the word of <see cref="Release"/>; null where the objects are the receiver's for good.</summary>
    public Action? Released { get; init; }

    /// <summary>Gives a lent page back: its objects can't be read from then on.</summary>
    public void Release() => Released?.Invoke();
}

/// <summary>The answer to a command.</summary>
public sealed record CommandReply
{
    /// <summary>The answered objects as typed models; empty for a success flag or a job's ticket.</summary>
    public IReadOnlyList<CloudObject> Objects { get; init; } = [];

    /// <summary>The count of a list, or null.</summary>
    public long? TotalCount { get; init; }

    /// <summary>The job to follow, or null where the command is done.</summary>
    public string? JobId { get; init; }

    /// <summary>The new object's identifier from the job's ticket, or null.</summary>
    public string? EntityId { get; init; }

    /// <summary>The server's text beside a success flag, or null.</summary>
    public string? Text { get; init; }
}

/// <summary>Where a job stands.</summary>
public enum JobStatus
{
    /// <summary>Waiting or running.</summary>
    Pending,

    /// <summary>Done.</summary>
    Succeeded,

    /// <summary>Failed or cancelled.</summary>
    Failed,
}

/// <summary>How a job stood when it was last asked about.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Raw">The server's whole answer.</param>
public sealed record JobSnapshot(string JobId, JobStatus Status, CloudObject Raw)
{
    /// <summary>The result as a typed model, or null where the job gave none.</summary>
    public CloudObject? Result { get; init; }

    /// <summary>The text beside a success flag, or null.</summary>
    public string? Text { get; init; }

    /// <summary>Why it failed, or null where it didn't.</summary>
    public Errors.CloudException? Error { get; init; }

    /// <summary>Progress from 0 to 100, or null where the server doesn't say.</summary>
    public int? Percent { get; init; }
}
