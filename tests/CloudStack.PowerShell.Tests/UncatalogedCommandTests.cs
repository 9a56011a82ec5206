using System.Collections;
using System.Runtime.CompilerServices;
using System.Security;
using System.Text.Json;
using Cloud.Core.Audit;
using Cloud.Core.Catalog;
using Cloud.Core.Jobs;
using Cloud.Core.Objects;
using Cloud.Core.Operations;
using CloudStack.Client;
using CloudStack.PowerShell.Connections;
using CloudStack.PowerShell.Pipeline;

namespace CloudStack.PowerShell.Tests;

/// <summary>A command that the catalog doesn't know takes the same road as every other.</summary>
public sealed class UncatalogedCommandTests
{
    private readonly RecordingCloud _cloud = new();
    private readonly RecordingAudit _audit = new();

    [Theory]
    [InlineData("listMoons", Effect.Read)]
    [InlineData("getMoon", Effect.Read)]
    [InlineData("shiftMoon", Effect.Destroy)]
    public void Its_effect_is_taken_from_its_name_and_for_the_worst(string command, Effect effect) =>
        Assert.Equal(effect, new UncatalogedCommand(_cloud, command, Arguments()).Catalog.FindCommand(command)!.Effect.Effect);

    [Fact]
    public void Arguments_keep_their_kind()
    {
        Run("listMoons", Arguments(
            ("name", "io"), ("count", 3), ("visible", false), ("ids", new object[] { "a", "b" }),
            ("tags", new Hashtable { ["k"] = "v" })));

        var sent = Assert.Single(_cloud.Sent).Arguments;
        Assert.Equal("io", sent["name"]);
        Assert.Equal("3", sent["count"]);
        Assert.Equal(false, sent["visible"]);
        Assert.Equal(["a", "b"], Assert.IsAssignableFrom<IReadOnlyList<string>>(sent["ids"]));
        Assert.Equal("v", Assert.IsAssignableFrom<IReadOnlyDictionary<string, string>>(sent["tags"])["k"]);
    }

    [Fact]
    public void A_change_is_asked_about_and_a_no_sends_nothing()
    {
        var pipeline = new RecordingPipeline { OnConfirm = _ => ConfirmationAnswer.Declined };

        Run("shiftMoon", Arguments(("by", 1)), pipeline);

        Assert.Contains(pipeline.Calls, call => call.StartsWith("confirm", StringComparison.Ordinal));
        Assert.Empty(_cloud.Sent);
    }

    [Fact]
    public void A_change_is_audited_without_its_secrets()
    {
        using var secret = new SecureString();
        Array.ForEach("hunter2".ToCharArray(), secret.AppendChar);

        Run("shiftMoon", Arguments(("key", secret), ("moonpassword", "hunter2")));

        Assert.Equal([AuditPhase.Begin, AuditPhase.End], _audit.Records.Select(r => r.Phase));
        Assert.DoesNotContain(_audit.Records.SelectMany(r => r.Arguments.Values), value => value.ToString() == "hunter2");
    }

    private void Run(string command, Dictionary<string, object?> arguments, RecordingPipeline? pipeline = null)
    {
        var provider = new UncatalogedCommand(_cloud, command, arguments);
        var runner = new OperationRunner(_audit, FollowPolicy.Eager, TimeProvider.System);
        new PipelineHost(_ => { }).Run(
            (host, token) => runner.RunAsync(new OperationRequest(command, arguments), provider, host, token),
            pipeline ?? new RecordingPipeline(),
            CancellationToken.None);
    }

    private static Dictionary<string, object?> Arguments(params (string Name, object? Value)[] arguments) =>
        arguments.ToDictionary(a => a.Name, a => a.Value);

    private sealed class RecordingAudit : IAuditLog
    {
        public List<AuditRecord> Records { get; } = [];

        public ValueTask AppendAsync(AuditRecord record, CancellationToken cancellationToken)
        {
            Records.Add(record);
            return ValueTask.CompletedTask;
        }
    }

    private sealed class RecordingCloud : ICloudProvider
    {
        public List<BoundCommand> Sent { get; } = [];

        public string Name => "recording";

        public Uri Endpoint { get; } = new("http://cloud.invalid");

        public CommandCatalog Catalog { get; } = CloudStackCatalog.Load();

        public CloudObject CreateModel(string resultClass, JsonElement json) => new(json);

        public Task<CommandReply> SendAsync(BoundCommand command, CancellationToken cancellationToken)
        {
            Sent.Add(command);
            return Task.FromResult(new CommandReply());
        }

        public async IAsyncEnumerable<ResultPage> PageAsync(
            BoundCommand command, RowRange rows, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await Task.Yield();
            yield break;
        }

        public Task<JobSnapshot> PollAsync(string jobId, CommandSpec? spec, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("Nothing here starts a job.");

        public Task<IReadOnlyList<NamedTarget>> FindAsync(
            string resultClass, string name, BoundCommand context, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<NamedTarget>>([]);

        public Task<NamedTarget?> LookUpAsync(string resultClass, string id, CancellationToken cancellationToken) =>
            Task.FromResult<NamedTarget?>(null);
    }
}
