using Cloud.Core.Errors;
using Cloud.Core.Objects;
using Cloud.Core.Operations;
using CloudStack.PowerShell.Pipeline;

namespace CloudStack.PowerShell.Tests;

/// <summary>A pipeline that notes what is asked of it, and from which thread.</summary>
internal sealed class RecordingPipeline : IPipeline
{
    public List<string> Calls { get; } = [];

    public HashSet<int> Threads { get; } = [];

    public Action<CloudObject> OnWrite { get; init; } = _ => { };

    public Func<Confirmation, ConfirmationAnswer> OnConfirm { get; init; } = _ => ConfirmationAnswer.Approved;

    public void Write(CloudObject result, bool hasMore)
    {
        Note("write " + result.GetText("id"));
        OnWrite(result);
    }

    public ConfirmationAnswer Confirm(Confirmation confirmation)
    {
        Note("confirm " + confirmation.TargetText);
        return OnConfirm(confirmation);
    }

    public void Report(OperationProgress progress) => Note("progress " + progress.Status);

    public void Fail(CloudException error, object target) => Note($"fail {target}");

    public void Warn(string message) => Note("warn " + message);

    public void Verbose(string message) => Note("verbose " + message);

    public void Debug(string message) => Note("debug " + message);

    private void Note(string call)
    {
        Calls.Add(call);
        Threads.Add(Environment.CurrentManagedThreadId);
    }
}
