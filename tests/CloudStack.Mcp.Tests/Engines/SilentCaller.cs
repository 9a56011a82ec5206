using Cloud.Core.Operations;
using CloudStack.Mcp.Server.Consent;
using CloudStack.Mcp.Server.Tools;

namespace CloudStack.Mcp.Tests.Engines;

/// <summary>A caller that wants to hear nothing and can't be asked.</summary>
internal sealed class SilentCaller : IToolCaller
{
    public string Name => "test";

    public bool CanAsk => false;

    public PersonReply? Reply => null;

    public void Report(OperationProgress progress)
    {
    }
}
