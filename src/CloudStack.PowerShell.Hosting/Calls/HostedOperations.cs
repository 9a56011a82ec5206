using System.Diagnostics;
using Cloud.Core.Operations;

namespace CloudStack.PowerShell.Hosting.Calls;

/// <summary>
/// Stands between the cmdlets of a call and what runs their operations: puts the call's own caller and rows in the
/// place of the cmdlet's, and keeps what a cmdlet doesn't hand on, its operation's outcome.
/// </summary>
/// <param name="call">The call.</param>
/// <param name="cancellationToken">Ends the call's questions.</param>
internal sealed class HostedOperations(HostedCall call, CancellationToken cancellationToken) : IOperations
{
    private readonly long _begun = Stopwatch.GetTimestamp();

    /// <summary>The call.</summary>
    public HostedCall Call => call;

    /// <summary>How the last operation ended, or null where none did.</summary>
    public OperationOutcome? Outcome { get; private set; }

    /// <summary>The last state of the job that was followed, or null.</summary>
    public JobSnapshot? Job { get; private set; }

    /// <summary>The job that is being followed, or null.</summary>
    public string? JobId { get; private set; }

    /// <summary>The question that a cmdlet is about to put, or null.</summary>
    public AskedChange? Question { get; private set; }

    /// <summary>Ends the call's questions.</summary>
    public CancellationToken Cancellation => cancellationToken;

    /// <summary>Time since the call began.</summary>
    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_begun);

    /// <inheritdoc/>
    public async Task<OperationOutcome> RunAsync(
        OperationRequest request, ICloudProvider provider, IOperationHost host, CancellationToken cancellationToken)
    {
        var asked = request with
        {
            Caller = call.Caller,
            Profile = call.Profile,
            Rows = call.Rows ?? request.Rows,
            ReadsTarget = call.ReadsTarget,
        };
        return Outcome = await call.Operations.RunAsync(asked, provider, new CmdletFace(this, ResultOf(request.Command), host), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<JobSnapshot> FollowAsync(
        string jobId, string? command, ICloudProvider provider, IOperationHost host, CancellationToken cancellationToken) =>
        Job = await call.Operations.FollowAsync(jobId, command, provider, new CmdletFace(this, ResultOf(command), host), cancellationToken).ConfigureAwait(false);

    /// <summary>Notes the job that is being followed.</summary>
    public void Follows(string jobId) => JobId = jobId;

    /// <summary>Has a cmdlet confirm a change: it asks its host, and the host asks the face.</summary>
    /// <param name="confirmation">The change.</param>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="cancellationToken">Stops the question.</param>
    public async ValueTask<ConfirmationAnswer> ConfirmAsync(
        Confirmation confirmation, IOperationHost cmdlet, CancellationToken cancellationToken)
    {
        var question = new AskedChange(confirmation);
        Question = question;
        try
        {
            var said = await cmdlet.ConfirmAsync(confirmation, cancellationToken).ConfigureAwait(false);
            if (said == ConfirmationAnswer.WhatIf)
            {
                await call.Face.ConfirmAsync(confirmation, cancellationToken).ConfigureAwait(false);
                return said;
            }

            return question.Decided();
        }
        finally
        {
            Question = null;
        }
    }

    private string ResultOf(string? command) => command is null ? "" : call.Provider.Catalog.FindCommand(command)?.Result ?? "";
}
