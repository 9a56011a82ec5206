using System.Text.Json;
using Cloud.Core.Catalog;
using Cloud.Core.Errors;
using Cloud.Core.Operations;
using CloudStack.Mcp.Server.Calls;
using CloudStack.Mcp.Server.Consent;
using CloudStack.Mcp.Server.Tools;
using CloudStack.PowerShell.Hosting.Pipelines;

namespace CloudStack.Mcp.Engines.Pipelines;

/// <summary>
/// Runs a pipeline of this module's cmdlets. One that changes something is run with <c>-WhatIf</c> first; what it would
/// change is shown, and only what was confirmed is done. Every call plans anew, so a plan that has changed since is refused.
/// </summary>
/// <param name="parts">What the tools work with.</param>
/// <param name="calls">Knows which commands the caller may name.</param>
/// <param name="engine">Runs pipelines.</param>
internal sealed class RunPipelineTool(ServerParts parts, CommandCalls calls, IHostedEngine engine) : ITool
{
    // Changes wait for their jobs, one after the other; and what was confirmed isn't sent away for want of a turn.
    private static readonly PipelineLimits Applying = PipelineLimits.Default with { Time = TimeSpan.FromMinutes(10), Patience = TimeSpan.FromMinutes(1) };

    private readonly PipelineAnswer _answer = new(parts);

    /// <inheritdoc/>
    public ToolDefinition Definition { get; } = new(
        "run_pipeline",
        "Pipeline",
        $"Run one PowerShell pipeline of this module's {parts.Vocabulary.Product} cmdlets with Where-Object, Select-Object, Sort-Object, Group-Object, "
            + "Measure-Object and ForEach-Object { $_.Field }, such as Get-CsVirtualMachine -State Running | Group-Object ZoneName -NoElement. "
            + "No variables, script or other cmdlets. A pipeline that changes something isn't done at once: the answer lists "
            + "every change and gives a token, as with cloud_change.",
        [new ArgumentRule("pipeline", ArgumentKind.Text) { Required = true }, .. CloudChangeTool.ConfirmationRules.Select(rule => rule with { Meaning = "" })],
        EffectHints.For(Effect.Destroy));

    /// <inheritdoc/>
    public async Task<ToolAnswer> CallAsync(
        IEnumerable<KeyValuePair<string, JsonElement>>? given, IToolCaller caller, CancellationToken cancellationToken)
    {
        var arguments = ToolArguments.Read(Definition, given);
        var pipeline = engine.Check(arguments.Text("pipeline")!, parts.Catalog);
        foreach (var command in pipeline.Commands)
        {
            _ = calls.Find(command.Name);
        }

        var face = new PlanFace(caller);
        var rows = await engine.RunAsync(pipeline, face, caller.Name, PipelineLimits.Default, isWhatIf: true, cancellationToken);
        if (pipeline.Change is null)
        {
            return _answer.Rows(pipeline, rows);
        }

        var plan = new PipelinePlan(pipeline, face.Changes);
        if (plan.Changes.Count == 0)
        {
            return PipelineAnswer.Nothing(plan);
        }

        var offer = new ConfirmationOffer(Definition.Name, arguments.Text("confirm"), arguments.Text("typed"));
        var question = plan.ToQuestion();
        var decision = await parts.Gate.DecideAsync(question, offer, caller, cancellationToken);
        return decision.Answer switch
        {
            ConfirmationAnswer.Approved => await ApplyAsync(plan, caller, cancellationToken),
            ConfirmationAnswer.Deferred => _answer.NotConfirmed(plan, question, decision),
            _ => PipelineAnswer.Declined(plan),
        };
    }

    private async Task<ToolAnswer> ApplyAsync(PipelinePlan plan, IToolCaller caller, CancellationToken cancellationToken)
    {
        var face = new ApplyFace(plan, caller);
        try
        {
            var rows = await engine.RunAsync(plan.Pipeline, face, caller.Name, Applying, isWhatIf: false, cancellationToken);
            face.End();
            return _answer.Done(plan, face.Changes, rows);
        }
        catch (CloudException error)
        {
            face.Fail(error.Cause);
            return PipelineAnswer.Failed(plan, face.Changes, error);
        }
        finally
        {
            foreach (var job in face.Changes.Select(change => change.JobId).OfType<string>())
            {
                await parts.Jobs.AddAsync(job, plan.Pipeline.Change!.Name, CancellationToken.None);
            }
        }
    }
}
