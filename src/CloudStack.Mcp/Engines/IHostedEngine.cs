using Cloud.Core.Catalog;
using Cloud.Core.Operations;
using CloudStack.PowerShell.Hosting.Pipelines;

namespace CloudStack.Mcp.Engines;

/// <summary>
/// An engine that hosts PowerShell. Nothing else names its class, so that PowerShell's assemblies are asked for only
/// where they can be found.
/// </summary>
internal interface IHostedEngine : IEngine, IDisposable
{
    /// <summary>Loads what the first call would wait for, on this thread.</summary>
    void Warm();

    /// <summary>Checks a pipeline; nothing of it is run.</summary>
    /// <param name="text">The pipeline.</param>
    /// <param name="catalog">Knows the cloud's cmdlets.</param>
    /// <exception cref="Cloud.Core.Errors.CloudException">It holds something that isn't allowed.</exception>
    CheckedPipeline Check(string text, CommandCatalog catalog);

    /// <summary>Runs a pipeline.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="face">Gets progress and warnings, and decides on each change.</param>
    /// <param name="caller">Who asks, for the audit trail.</param>
    /// <param name="limits">How much it may take.</param>
    /// <param name="isWhatIf">True where changes are only said; the face still hears of each.</param>
    /// <param name="cancellationToken">Stops it; jobs already started go on.</param>
    /// <returns>What came out.</returns>
    /// <exception cref="Cloud.Core.Errors.CloudException">A cmdlet failed, or it took too much.</exception>
    Task<IReadOnlyList<PipelineRow>> RunAsync(
        CheckedPipeline pipeline, IOperationHost face, string caller, PipelineLimits limits, bool isWhatIf, CancellationToken cancellationToken);
}
