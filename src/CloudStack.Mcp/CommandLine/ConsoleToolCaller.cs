using Cloud.Core.Operations;
using CloudStack.Mcp.Server.Consent;
using CloudStack.Mcp.Server.Tools;

namespace CloudStack.Mcp.CommandLine;

/// <summary>Calls a tool from a shell, where nobody is asked: what needs a confirmation is better called by its command's name.</summary>
internal sealed class ConsoleToolCaller : IToolCaller
{
    /// <inheritdoc/>
    public string Name => "cli:" + Environment.UserName;

    /// <inheritdoc/>
    public bool CanAsk => false;

    /// <inheritdoc/>
    public PersonReply? Reply => null;

    /// <inheritdoc/>
    public void Report(OperationProgress progress)
    {
    }
}
