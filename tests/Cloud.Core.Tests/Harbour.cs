using System.Runtime.CompilerServices;
using System.Text.Json;
using Cloud.Core.Audit;
using Cloud.Core.Catalog;
using Cloud.Core.Errors;
using Cloud.Core.Objects;
using Cloud.Core.Operations;

namespace Cloud.Core.Tests;

/// <summary>An invented cloud in memory that records what reaches it.</summary>
internal sealed class Harbour : ICloudProvider
{
    public const string NorthId = "11111111-1111-1111-1111-111111111111";
    public const string WindId = "22222222-2222-2222-2222-222222222222";
    public const string Job = "33333333-3333-3333-3333-333333333333";

    public List<BoundCommand> Sent { get; } = [];

    public Queue<Func<JobSnapshot>> Polls { get; } = new();

    public List<NamedTarget> Targets { get; } =
    [
        new("HarbourResponse", NorthId, "north", "zone A"),
        new("BoatResponse", WindId, "wind", ""),
    ];

    public Exception? SendError { get; set; }

    /// <summary>Happens after a name was looked for.</summary>
    public Action OnFound { get; set; } = () => { };

    public string Name => "Harbour";

    public Uri Endpoint { get; } = new("https://harbour.example/api");

    public CommandCatalog Catalog { get; } = SampleCatalog.Create();

    public CloudObject CreateModel(string resultClass, JsonElement json) => new(json);

    public Task<CommandReply> SendAsync(BoundCommand command, CancellationToken cancellationToken)
    {
        Sent.Add(command);
        if (SendError is not null)
        {
            throw SendError;
        }

        return Task.FromResult(command.Spec.IsAsync ? new CommandReply { JobId = Job, EntityId = WindId } : new CommandReply());
    }

    public async IAsyncEnumerable<ResultPage> PageAsync(
        BoundCommand command, RowRange rows, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Sent.Add(command);
        await Task.Yield();
        yield return new ResultPage([Object("""{"id":"a","name":"one"}"""), Object("""{"id":"b","name":"two"}""")], 3);
        yield return new ResultPage([Object("""{"id":"c","name":"three"}""")], 3);
    }

    public Task<JobSnapshot> PollAsync(string jobId, CommandSpec? spec, CancellationToken cancellationToken) =>
        Task.FromResult(Polls.Dequeue()());

    public Task<IReadOnlyList<NamedTarget>> FindAsync(
        string resultClass, string name, BoundCommand context, CancellationToken cancellationToken)
    {
        IReadOnlyList<NamedTarget> found = [.. Targets.Where(t => t.ResultClass == resultClass && t.Name == name)];
        OnFound();
        return Task.FromResult(found);
    }

    public Task<NamedTarget?> LookUpAsync(string resultClass, string id, CancellationToken cancellationToken) =>
        Task.FromResult(Targets.FirstOrDefault(t => t.ResultClass == resultClass && t.Id == id));

    public static CloudObject Object(string json) => new(JsonDocument.Parse(json).RootElement);

    public static JobSnapshot Pending() => new(Job, JobStatus.Pending, Object("{}"));

    public static JobSnapshot Done() =>
        new(Job, JobStatus.Succeeded, Object("{}")) { Result = Object($$"""{"id":"{{WindId}}","name":"wind"}""") };

    public static JobSnapshot Failed() => new(Job, JobStatus.Failed, Object("{}"))
    {
        Error = new CloudException(ErrorCause.JobFailed, "The slip is rotten.", "Mend it.") { JobId = Job },
    };
}

/// <summary>A face that records everything and answers confirmations as told.</summary>
internal sealed class Recorder : IOperationHost
{
    public List<CloudObject> Emitted { get; } = [];

    public List<Confirmation> Asked { get; } = [];

    public List<OperationProgress> Progress { get; } = [];

    public List<string> Warnings { get; } = [];

    public List<string> Details { get; } = [];

    public ConfirmationAnswer Answer { get; set; } = ConfirmationAnswer.Approved;

    public ValueTask EmitAsync(CloudObject result, CancellationToken cancellationToken)
    {
        Emitted.Add(result);
        return ValueTask.CompletedTask;
    }

    public ValueTask<ConfirmationAnswer> ConfirmAsync(Confirmation confirmation, CancellationToken cancellationToken)
    {
        Asked.Add(confirmation);
        return ValueTask.FromResult(Answer);
    }

    public void Report(OperationProgress progress) => Progress.Add(progress);

    public void Warn(string message) => Warnings.Add(message);

    public void Verbose(string message) => Details.Add(message);
}

/// <summary>An audit trail in memory, or one that refuses to write.</summary>
internal sealed class RecordedAudit : IAuditLog
{
    public List<AuditRecord> Records { get; } = [];

    public bool IsBroken { get; set; }

    public ValueTask AppendAsync(AuditRecord record, CancellationToken cancellationToken)
    {
        if (IsBroken)
        {
            throw new CloudException(ErrorCause.Local, "The audit trail can't be written.", "Mend it.");
        }

        Records.Add(record);
        return ValueTask.CompletedTask;
    }
}
