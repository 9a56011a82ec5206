using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Language;
using Cloud.Core.Binding;
using Cloud.Core.Errors;
using Cloud.Core.Objects;
using Cloud.Core.Operations;
using CloudStack.PowerShell.Commands;
using CloudStack.PowerShell.Hosting.Calls;
using CloudStack.PowerShell.Hosting.Pipelines;
using CloudStack.PowerShell.Hosting.Runspaces;
using CloudStack.PowerShell.Results;

namespace CloudStack.PowerShell.Hosting;

/// <summary>Carries calls out by the module's cmdlets, in runspaces of the installed PowerShell.</summary>
internal sealed class HostedPowerShell : IDisposable
{
    private const string Sample = "'' | Where-Object { $_.Length -gt 0 } | Select-Object Length";

    private static readonly string[] Sampled = ["Where-Object", "Select-Object"];

    private readonly RunspaceStock _stock = new(SessionStates.ForCalls);

    /// <summary>Opens the first runspace, and runs a cmdlet and a pipeline, on this thread, so that the first call waits for neither.</summary>
    public void Warm()
    {
        var runspace = _stock.Take();
        try
        {
            runspace.Warm(shell => shell.AddCommand(Cmdlet<GetCsConnectionCommand>("Get-CsConnection")));
        }
        finally
        {
            _stock.Return(runspace);
        }

        WarmPipeline();
    }

    /// <summary>Runs the cmdlet of an operation.</summary>
    /// <param name="request">The operation. Its arguments are checked before PowerShell sees them, so that they are refused in the same words.</param>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">Stops waiting; a job already started goes on.</param>
    /// <exception cref="Cloud.Core.Errors.CloudException">It failed.</exception>
    public async Task<OperationOutcome> RunAsync(OperationRequest request, HostedCall call, CancellationToken cancellationToken)
    {
        var catalog = call.Provider.Catalog;
        var bound = CommandBinder.Bind(catalog, CommandBinder.FindCommand(catalog, request.Command), request.Arguments);
        var line = CmdletLine.For(bound, request.NoWait);
        var operations = await RunAsync(call, line.AddTo, cancellationToken).ConfigureAwait(false);
        return operations.Outcome
            ?? throw new InvalidOperationException($"{line.Name} ended without an operation.");
    }

    /// <summary>Follows a job by <c>Wait-CsJob</c>.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="command">The API name of the command that started it, or null.</param>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">Stops the wait; the job goes on.</param>
    /// <exception cref="Cloud.Core.Errors.CloudException">The job failed, or can't be asked about.</exception>
    public async Task<JobSnapshot> FollowAsync(string jobId, string? command, HostedCall call, CancellationToken cancellationToken)
    {
        object job = command is null ? jobId : new StartedJob(jobId, command, null, call.Profile);
        var operations = await RunAsync(
            call,
            shell => shell.AddCommand(Cmdlet<WaitCsJobCommand>("Wait-CsJob")).AddParameter("JobId", job),
            cancellationToken).ConfigureAwait(false);
        return operations.Job ?? throw new InvalidOperationException("Wait-CsJob ended without a job.");
    }

    /// <summary>Runs a pipeline in a runspace of its own, which knows the pipeline's cmdlets and nothing else, and ends with it.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="call">The call.</param>
    /// <param name="limits">How much it may take.</param>
    /// <param name="cancellationToken">Stops it; jobs already started go on.</param>
    /// <returns>What came out.</returns>
    /// <exception cref="Cloud.Core.Errors.CloudException">A cmdlet failed, which ends the pipeline, or it took too much.</exception>
    public static async Task<IReadOnlyList<PipelineRow>> RunPipelineAsync(
        CheckedPipeline pipeline, HostedCall call, PipelineLimits limits, CancellationToken cancellationToken)
    {
        var cmdlets = pipeline.ObjectCommands.Concat(pipeline.Commands.Select(command => command.Cmdlet!)).Distinct(StringComparer.OrdinalIgnoreCase)
            .Select(name => KeyValuePair.Create(name, AllowedCommand.TypeOf(name)));
        using var memory = new MemoryWatch(limits);
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, memory.Exceeded);
        time.CancelAfter(limits.Time);
        using var runspace = new HostedRunspace(SessionStates.ForPipeline(cmdlets, call.IsWhatIf));
        var count = limits.Counter(memory);
        var masked = new MaskedObject(call.Provider);
        var operations = new HostedOperations(call with { Seen = See }, time.Token);
        var rows = new List<PipelineRow>();
        try
        {
            await runspace.RunAsync(
                operations,
                shell => shell.AddScript(pipeline.Text, useLocalScope: true),
                Take,
                time.Token).ConfigureAwait(false);
            return rows;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw memory.Exceeded.IsCancellationRequested ? memory.Error() : new CloudException(
                ErrorCause.TimedOut,
                string.Create(CultureInfo.InvariantCulture, $"The pipeline hadn't ended after {limits.Time.TotalSeconds} s, and was stopped."),
                "Narrow the first cmdlet by its own parameters; for changes that take long, add -NoWait and follow the jobs.");
        }

        void Take(PSObject written)
        {
            rows.Add(new PipelineRow(RowJson.Of(written), written.BaseObject is CloudObject));
            memory.Note();
        }

        CloudObject See(CloudObject result, string resultClass)
        {
            count(result);
            return masked.Of(result, resultClass);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _stock.Dispose();

    private async Task<HostedOperations> RunAsync(HostedCall call, Action<PowerShellCall> pipeline, CancellationToken cancellationToken)
    {
        var results = new List<CloudObject>();
        var operations = new HostedOperations(call, cancellationToken);
        var runspace = await _stock.TakeAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await runspace.RunAsync(operations, pipeline, Take, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _stock.Return(runspace);
        }

        foreach (var result in results)
        {
            await call.Face.EmitAsync(result, cancellationToken).ConfigureAwait(false);
        }

        return operations;

        // Beside results cmdlets write what people want to see of a success or a started job; the outcome has it.
        void Take(PSObject written)
        {
            if (written.BaseObject is CloudObject result)
            {
                results.Add(result);
            }
        }
    }

    // Over nothing of the cloud: what counts is that parser, object cmdlets and script compiler are loaded.
    private static void WarmPipeline()
    {
        _ = Parser.ParseInput(Sample, out _, out _);
        var cmdlets = Sampled.Select(name => KeyValuePair.Create(name, AllowedCommand.TypeOf(name)));
        using var runspace = new HostedRunspace(SessionStates.ForPipeline(cmdlets, isWhatIf: true));
        runspace.Warm(shell => shell.AddScript(Sample));
    }

    private static CmdletInfo Cmdlet<T>(string name) where T : PSCmdlet => new(name, typeof(T));
}
