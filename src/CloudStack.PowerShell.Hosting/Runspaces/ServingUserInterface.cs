using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using Cloud.Core.Operations;
using CloudStack.PowerShell.Hosting.Calls;

namespace CloudStack.PowerShell.Hosting.Runspaces;

/// <summary>
/// Turns a cmdlet's questions into confirmations of its call, and its progress and warnings into the call's. Whatever
/// else needs a person is refused.
/// </summary>
internal sealed class ServingUserInterface : PSHostUserInterface
{
    private volatile HostedOperations? _operations;

    /// <summary>The operations of the call that is served, or null.</summary>
    public HostedOperations? Operations
    {
        get => _operations;
        set => _operations = value;
    }

    /// <inheritdoc/>
    public override PSHostRawUserInterface? RawUI => null;

    /// <summary>Answers a question about the change that the call's cmdlet is at; it's put to the call's face.</summary>
    /// <param name="caption">PowerShell's own heading.</param>
    /// <param name="message">PowerShell's own words.</param>
    /// <param name="choices">The answers PowerShell knows.</param>
    /// <param name="defaultChoice">The answer PowerShell would take.</param>
    /// <returns>Yes or no for this one change, never for all.</returns>
    /// <exception cref="HostException">The question is about something else.</exception>
    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        var operations = _operations;
        if (operations?.Question is not { } question)
        {
            throw Nobody();
        }

        var wanted = question.Ask(operations.Call.Face, operations.Cancellation) ? "&Yes" : "&No";
        var index = choices.Select(choice => choice.Label).ToList().IndexOf(wanted);
        return index >= 0 ? index : throw Nobody();
    }

    /// <inheritdoc/>
    public override void WriteProgress(long sourceId, ProgressRecord record)
    {
        if (_operations is { } operations)
        {
            operations.Call.Face.Report(new OperationProgress(
                record.Activity,
                record.StatusDescription,
                record.PercentComplete < 0 ? null : record.PercentComplete,
                operations.JobId,
                operations.Elapsed,
                record.RecordType == ProgressRecordType.Completed));
        }
    }

    /// <inheritdoc/>
    public override void WriteWarningLine(string message) => _operations?.Call.Face.Warn(message);

    /// <inheritdoc/>
    public override void WriteVerboseLine(string message) => _operations?.Call.Face.Verbose(message);

    /// <inheritdoc/>
    public override void Write(string value)
    {
        // Standard output belongs to the protocol; what counts comes as objects.
    }

    /// <inheritdoc/>
    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value)
    {
    }

    /// <inheritdoc/>
    public override void WriteLine(string value)
    {
    }

    /// <inheritdoc/>
    public override void WriteErrorLine(string value)
    {
        // Errors are read from the stream of errors.
    }

    /// <inheritdoc/>
    public override void WriteDebugLine(string message)
    {
    }

    /// <inheritdoc/>
    public override string ReadLine() => throw Nobody();

    /// <inheritdoc/>
    public override SecureString ReadLineAsSecureString() => throw Nobody();

    /// <inheritdoc/>
    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) =>
        throw Nobody();

    /// <inheritdoc/>
    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) => throw Nobody();

    /// <inheritdoc/>
    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options) =>
        throw Nobody();

    private static HostException Nobody() => new("Nobody can be asked here.");
}
