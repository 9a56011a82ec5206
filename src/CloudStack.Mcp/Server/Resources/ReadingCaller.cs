using Cloud.Core.Operations;
using CloudStack.Mcp.Server.Consent;
using CloudStack.Mcp.Server.Tools;

namespace CloudStack.Mcp.Server.Resources;

/// <summary>Who reads an address or types a value: nobody is asked anything, and there is no progress to tell.</summary>
/// <param name="Name">The caller for the audit trail.</param>
internal sealed record ReadingCaller(string Name) : IToolCaller
{
    /// <inheritdoc/>
    public bool CanAsk => false;

    /// <inheritdoc/>
    public PersonReply? Reply => null;

    /// <inheritdoc/>
    public void Report(OperationProgress progress)
    {
    }
}
