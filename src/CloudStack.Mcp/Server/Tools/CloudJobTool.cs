using System.Text.Json;
using Cloud.Core.Binding;
using Cloud.Core.Errors;
using Cloud.Core.Operations;
using CloudStack.Mcp.Server.Calls;
using CloudStack.Mcp.Server.Consent;
using CloudStack.Mcp.Server.Results;

namespace CloudStack.Mcp.Server.Tools;

/// <summary>Tells how a job stands, or waits for its end.</summary>
/// <param name="parts">What the tools work with.</param>
/// <param name="calls">Runs commands.</param>
internal sealed class CloudJobTool(ServerParts parts, CommandCalls calls) : ITool
{
    private const int LongestWait = 300;

    /// <inheritdoc/>
    public ToolDefinition Definition { get; } = new(
        "cloud_job",
        "Job",
        "How an asynchronous job stands, and its result once it's done; without a job, the jobs under way.",
        [
            new ArgumentRule("job", ArgumentKind.Text, "The job's id"),
            new ArgumentRule("wait", ArgumentKind.Integer, "Seconds to wait for its end") { Least = 0, Most = LongestWait, Default = 0 },
        ],
        EffectHints.ReadOnly);

    /// <inheritdoc/>
    public async Task<ToolAnswer> CallAsync(
        IEnumerable<KeyValuePair<string, JsonElement>>? given, IToolCaller caller, CancellationToken cancellationToken)
    {
        var arguments = ToolArguments.Read(Definition, given);
        if (arguments.Text("job") is not { } text)
        {
            return await ListAsync(caller, cancellationToken);
        }

        if (!Identifier.TryParse(text, out var job) || job == Identifier.Any)
        {
            throw new CloudException(
                ErrorCause.InvalidArgument, $"'{CleanText.Line(text, 80)}' is no job id.", "Give the 'job' of an answer; it is a UUID.");
        }

        var command = await parts.Jobs.FindAsync(job, cancellationToken);
        var snapshot = await parts.Engine.PollAsync(job, command, cancellationToken);
        if (snapshot.Status == JobStatus.Pending && arguments.Integer("wait") is > 0 and var seconds)
        {
            snapshot = await WaitAsync(snapshot, command, TimeSpan.FromSeconds(seconds), caller, cancellationToken);
        }

        return JobAnswer.Write(snapshot, command, parts.Catalog);
    }

    private Task<ToolAnswer> ListAsync(IToolCaller caller, CancellationToken cancellationToken)
    {
        var command = calls.Find(parts.Vocabulary.JobList);
        Dictionary<string, object?> all = parts.Vocabulary.WidestScope is { } widest ? new() { [widest] = true } : [];
        return calls.ReadAsync(new ReadRequest(command, all, [], 0, CloudReadTool.DefaultLimit), null, caller, cancellationToken);
    }

    private async Task<JobSnapshot> WaitAsync(
        JobSnapshot pending, string? command, TimeSpan wait, IToolCaller caller, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(wait, parts.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token, parts.Followed.Leaving);
        var host = new CallHost(parts.Gate, caller, new ConfirmationOffer(Definition.Name, null, null));
        try
        {
            return await parts.Engine.FollowAsync(pending.JobId, command, host, either.Token);
        }
        catch (CloudException)
        {
            // The job failed, or can't be asked about; asking once more tells which.
            return await parts.Engine.PollAsync(pending.JobId, command, cancellationToken);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return pending;
        }
    }
}
