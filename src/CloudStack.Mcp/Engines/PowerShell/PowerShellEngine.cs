using Cloud.Core.Catalog;
using Cloud.Core.Operations;
using CloudStack.PowerShell.Hosting;
using CloudStack.PowerShell.Hosting.Calls;
using CloudStack.PowerShell.Hosting.Pipelines;

namespace CloudStack.Mcp.Engines.PowerShell;

/// <summary>Carries operations out by the module's cmdlets.</summary>
/// <param name="hosted">PowerShell.</param>
/// <param name="cloud">What the cmdlets' operations run on.</param>
/// <param name="direct">Answers what no cmdlet does.</param>
internal sealed class PowerShellEngine(HostedPowerShell hosted, EngineCloud cloud, DirectEngine direct) : IHostedEngine
{
    /// <inheritdoc/>
    public Task<OperationOutcome> RunAsync(OperationRequest request, IOperationHost host, CancellationToken cancellationToken) =>
        hosted.RunAsync(request, Call(host, request.Caller) with { Rows = request.Rows }, cancellationToken);

    /// <inheritdoc/>
    public Task<JobSnapshot> FollowAsync(string jobId, string? command, IOperationHost host, CancellationToken cancellationToken) =>
        hosted.FollowAsync(jobId, command, Call(host, Environment.UserName), cancellationToken);

    /// <remarks>Every cmdlet that asks about a job waits for its end.</remarks>
    /// <inheritdoc/>
    public Task<JobSnapshot> PollAsync(string jobId, string? command, CancellationToken cancellationToken) =>
        direct.PollAsync(jobId, command, cancellationToken);

    /// <inheritdoc/>
    public CheckedPipeline Check(string text, CommandCatalog catalog) => new PipelineCheck(catalog).Check(text);

    /// <inheritdoc/>
    public Task<IReadOnlyList<PipelineRow>> RunAsync(
        CheckedPipeline pipeline, IOperationHost face, string caller, PipelineLimits limits, bool isWhatIf, CancellationToken cancellationToken) =>
        HostedPowerShell.RunPipelineAsync(pipeline, Call(face, caller) with { IsWhatIf = isWhatIf }, limits, cancellationToken);

    /// <inheritdoc/>
    public void Warm() => hosted.Warm();

    /// <inheritdoc/>
    public void Dispose() => hosted.Dispose();

    private HostedCall Call(IOperationHost face, string caller) =>
        new(cloud.Provider.Value, cloud.Runner.Value, face, caller, cloud.Profile);
}
