using Cloud.Core.Catalog;
using Cloud.Core.Operations;
using CloudStack.PowerShell.Hosting;
using CloudStack.PowerShell.Hosting.Calls;
using CloudStack.PowerShell.Hosting.Pipelines;

namespace CloudStack.Mcp.Engines.PowerShell;

/// <summary>Carries operations out by the module's cmdlets. PowerShell is loaded by the first use.</summary>
/// <param name="cloud">What the cmdlets' operations run on.</param>
/// <param name="direct">Answers what no cmdlet does.</param>
internal sealed class PowerShellEngine(EngineCloud cloud, DirectEngine direct) : IHostedEngine
{
    private readonly Lazy<HostedPowerShell> _hosted = new(() => new HostedPowerShell());
    private readonly PipelineTurns _turns = new();

    /// <inheritdoc/>
    public Task<OperationOutcome> RunAsync(OperationRequest request, IOperationHost host, CancellationToken cancellationToken) =>
        _hosted.Value.RunAsync(request, Call(host, request.Caller) with { Rows = request.Rows, ReadsTarget = request.ReadsTarget }, cancellationToken);

    /// <inheritdoc/>
    public Task<JobSnapshot> FollowAsync(string jobId, string? command, IOperationHost host, CancellationToken cancellationToken) =>
        _hosted.Value.FollowAsync(jobId, command, Call(host, Environment.UserName), cancellationToken);

    /// <remarks>Every cmdlet that asks about a job waits for its end.</remarks>
    /// <inheritdoc/>
    public Task<JobSnapshot> PollAsync(string jobId, string? command, CancellationToken cancellationToken) =>
        direct.PollAsync(jobId, command, cancellationToken);

    /// <inheritdoc/>
    public CheckedPipeline Check(string text, CommandCatalog catalog) => new PipelineCheck(catalog).Check(text);

    /// <inheritdoc/>
    public Task<IReadOnlyList<PipelineRow>> RunAsync(
        CheckedPipeline pipeline, IOperationHost face, string caller, PipelineLimits limits, bool isWhatIf, CancellationToken cancellationToken) =>
        _turns.RunAsync(
            limits.Patience,
            () => HostedPowerShell.RunPipelineAsync(pipeline, Call(face, caller) with { IsWhatIf = isWhatIf, ReadsTarget = true }, limits, cancellationToken),
            cancellationToken);

    /// <inheritdoc/>
    public void Warm() => _hosted.Value.Warm();

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_hosted.IsValueCreated)
        {
            _hosted.Value.Dispose();
        }
    }

    private HostedCall Call(IOperationHost face, string caller) =>
        new(cloud.Provider.Value, cloud.Runner.Value, face, caller, cloud.Profile);
}
