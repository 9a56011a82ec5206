using Cloud.Core.Catalog;
using Cloud.Core.Objects;

namespace Cloud.Core.Operations;

/// <summary>The face an operation talks to: a cmdlet, an MCP call, the command line, a test's recorder.</summary>
public interface IOperationHost
{
    /// <summary>Takes one result.</summary>
    /// <param name="result">The object.</param>
    /// <param name="cancellationToken">Stops the operation.</param>
    ValueTask EmitAsync(CloudObject result, CancellationToken cancellationToken);

    /// <summary>False once more objects of a list would be of no use, so that no further page of it is read.</summary>
    bool TakesMore => true;

    /// <summary>False while no object that was given is looked at any more, so that the memory of a list's page can be used again.</summary>
    bool KeepsObjects => true;

    /// <summary>Asks whether a change may go on. Called once per operation, never for a read.</summary>
    /// <param name="confirmation">What is about to happen, to what.</param>
    /// <param name="cancellationToken">Stops the question.</param>
    ValueTask<ConfirmationAnswer> ConfirmAsync(Confirmation confirmation, CancellationToken cancellationToken);

    /// <summary>Shows how far a job or listing is.</summary>
    /// <param name="progress">Where it stands.</param>
    void Report(OperationProgress progress);

    /// <summary>Shows a warning.</summary>
    /// <param name="message">One sentence without secrets.</param>
    void Warn(string message);

    /// <summary>Shows a detail for those who asked for details.</summary>
    /// <param name="message">One line without secrets.</param>
    void Verbose(string message);
}

/// <summary>What a person or policy is asked to allow.</summary>
/// <param name="Command">The command.</param>
/// <param name="Arguments">The bound arguments with secrets redacted, by wire name.</param>
/// <param name="Targets">The objects it acts on, as far as they could be looked up.</param>
/// <param name="Digest">SHA-256 in hex over the command and its canonical arguments, secrets included; binds a confirmation to exactly this.</param>
public sealed record Confirmation(
    CommandSpec Command,
    IReadOnlyDictionary<string, object> Arguments,
    IReadOnlyList<NamedTarget> Targets,
    string Digest)
{
    /// <summary>The text that must be typed for a critical command, or null.</summary>
    public string? TypedText { get; init; }

    /// <summary>One line that says what is acted on, such as <c>web-01 (virtual machine 1f…)</c>.</summary>
    public required string TargetText { get; init; }
}

/// <summary>The answer to a confirmation.</summary>
public enum ConfirmationAnswer
{
    /// <summary>Go on.</summary>
    Approved,

    /// <summary>Don't; nothing is sent.</summary>
    Declined,

    /// <summary>Not yet: the host keeps the question (a token, an input round); nothing is sent.</summary>
    Deferred,

    /// <summary>Only say what would happen; nothing is sent.</summary>
    WhatIf,
}

/// <summary>How far an operation is.</summary>
/// <param name="Activity">What is going on, such as <c>deployVirtualMachine</c>.</param>
/// <param name="Status">Where it stands, in a few words.</param>
/// <param name="Percent">0 to 100, or null where it can't be told.</param>
/// <param name="JobId">The job, or null.</param>
/// <param name="Elapsed">Time since the operation began.</param>
/// <param name="IsCompleted">True for the last report.</param>
public sealed record OperationProgress(
    string Activity, string Status, int? Percent, string? JobId, TimeSpan Elapsed, bool IsCompleted);

/// <summary>How an operation ended.</summary>
public enum OperationStatus
{
    /// <summary>Done.</summary>
    Completed,

    /// <summary>The job was started and isn't followed.</summary>
    JobStarted,

    /// <summary>Declined; nothing was sent.</summary>
    Declined,

    /// <summary>Waiting for a confirmation; nothing was sent.</summary>
    Deferred,

    /// <summary>Only said; nothing was sent.</summary>
    WhatIf,
}

/// <summary>What an operation came to.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Command">The command.</param>
public sealed record OperationOutcome(OperationStatus Status, CommandSpec Command)
{
    /// <summary>How many objects were emitted.</summary>
    public long Emitted { get; init; }

    /// <summary>How many the server says there are, or null.</summary>
    public long? TotalCount { get; init; }

    /// <summary>The job, or null.</summary>
    public string? JobId { get; init; }

    /// <summary>The new object's identifier from the job's ticket, or null.</summary>
    public string? EntityId { get; init; }

    /// <summary>The server's text beside a success flag, or null.</summary>
    public string? Text { get; init; }
}
