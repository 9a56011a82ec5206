using Cloud.Core.Errors;
using Cloud.Core.Objects;
using Cloud.Core.Operations;

namespace CloudStack.PowerShell.Pipeline;

/// <summary>What an operation may ask of the pipeline. Called on the pipeline's own thread only.</summary>
internal interface IPipeline
{
    /// <summary>Takes a result.</summary>
    /// <param name="result">The result.</param>
    /// <param name="hasMore">True where the object has fields that its model doesn't know.</param>
    void Write(CloudObject result, bool hasMore);

    ConfirmationAnswer Confirm(Confirmation confirmation);

    void Report(OperationProgress progress);

    void Fail(CloudException error, object target);

    void Warn(string message);

    void Verbose(string message);

    void Debug(string message);
}
