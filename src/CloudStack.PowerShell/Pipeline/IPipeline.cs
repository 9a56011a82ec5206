using Cloud.Core.Objects;
using Cloud.Core.Operations;

namespace CloudStack.PowerShell.Pipeline;

/// <summary>What an operation may ask of the pipeline. Called on the pipeline's own thread only.</summary>
internal interface IPipeline
{
    void Write(CloudObject result);

    ConfirmationAnswer Confirm(Confirmation confirmation);

    void Report(OperationProgress progress);

    void Warn(string message);

    void Verbose(string message);
}
