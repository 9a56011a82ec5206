using System.Management.Automation;
using System.Management.Automation.Host;
using Cloud.Core.Catalog;
using Cloud.Core.Errors;
using Cloud.Core.Objects;
using Cloud.Core.Operations;
using CloudStack.PowerShell.Errors;
using CloudStack.PowerShell.Results;

namespace CloudStack.PowerShell.Pipeline;

/// <summary>A cmdlet's pipeline.</summary>
/// <param name="cmdlet">The cmdlet that is running.</param>
/// <param name="forced">True where <c>-Force</c> answers the questions.</param>
/// <param name="asksByEffect">True where the cmdlet's own impact says nothing, because it calls commands of every effect.</param>
internal sealed class CmdletPipeline(PSCmdlet cmdlet, bool forced, bool asksByEffect) : IPipeline
{
    private readonly int _activity = cmdlet.GetHashCode() & int.MaxValue;

    public void Write(CloudObject result, bool hasMore) => cmdlet.WriteObject(hasMore ? ShownObject.Of(result) : result);

    public void Report(OperationProgress progress) => cmdlet.WriteProgress(
        new ProgressRecord(ActivityOf(progress), progress.Activity, StatusOf(progress))
        {
            PercentComplete = progress.Percent ?? -1,
            RecordType = progress.IsCompleted ? ProgressRecordType.Completed : ProgressRecordType.Processing,
        });

    public void Fail(CloudException error, object target) => cmdlet.WriteError(CloudErrorRecord.Of(error, target));

    public void Warn(string message) => cmdlet.WriteWarning(message);

    public void Verbose(string message)
    {
        // With -Debug alone the engine would ask before each verbose line, and fail where nobody can be asked.
        if (IsBound("Debug") && !IsBound("Verbose"))
        {
            cmdlet.WriteDebug(message);
        }
        else
        {
            cmdlet.WriteVerbose(message);
        }
    }

    public void Debug(string message) => cmdlet.WriteDebug(message);

    /// <remarks>
    /// <c>-WhatIf</c> always wins. <c>-Force</c> answers every question, except one asked for by <c>-Confirm</c>. A critical
    /// command asks a second time, even under <c>-Confirm:$false</c>: that switch is often set for a whole session.
    /// </remarks>
    public ConfirmationAnswer Confirm(Confirmation confirmation)
    {
        var command = confirmation.Command;
        try
        {
            if (Asks(command.Effect.Effect) && !cmdlet.ShouldProcess(Question(confirmation), Question(confirmation), "Confirm", out var reason))
            {
                return reason == ShouldProcessReason.WhatIf ? ConfirmationAnswer.WhatIf : ConfirmationAnswer.Declined;
            }

            return forced || command.Effect.Effect != Effect.Critical
                || cmdlet.ShouldContinue($"{Question(confirmation)} This can't be answered by -Confirm:$false.", "Critical command")
                ? ConfirmationAnswer.Approved
                : ConfirmationAnswer.Declined;
        }
        catch (Exception error) when (error is PSInvalidOperationException or HostException or PSNotSupportedException)
        {
            throw new CloudException(
                ErrorCause.NotConfirmed,
                $"{command.Name} must be confirmed, and nobody can be asked here.",
                "Add -Force if you are sure; nothing was sent.",
                error)
            {
                Command = command.Name,
            };
        }
    }

    private bool Asks(Effect effect) =>
        IsWhatIf
        || IsBound("Confirm")
        || (!forced && (!asksByEffect || AskingRule.Asks(effect, cmdlet.GetVariableValue("ConfirmPreference"))));

    private bool IsWhatIf =>
        LanguagePrimitives.IsTrue(cmdlet.MyInvocation.BoundParameters.TryGetValue("WhatIf", out var bound)
            ? bound
            : cmdlet.GetVariableValue("WhatIfPreference"));

    private bool IsBound(string parameter) => cmdlet.MyInvocation.BoundParameters.ContainsKey(parameter);

    // Each job has a bar of its own, however many one cmdlet follows.
    private int ActivityOf(OperationProgress progress) =>
        progress.JobId is null ? _activity : HashCode.Combine(_activity, progress.JobId) & int.MaxValue;

    private static string Action(Confirmation confirmation) =>
        $"Performing the operation \"{confirmation.Command.Name}\" on target \"{confirmation.TargetText}\".";

    private static string Question(Confirmation confirmation) =>
        string.Join(' ', new[] { Action(confirmation), confirmation.Command.Effect.Warning }.Where(part => part.Length > 0));

    private static string StatusOf(OperationProgress progress)
    {
        var job = progress.JobId is null ? "" : $", job {progress.JobId}";
        return $"{progress.Status}{job}, {progress.Elapsed:hh\\:mm\\:ss}";
    }
}
