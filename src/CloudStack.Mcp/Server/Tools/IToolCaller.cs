using Cloud.Core.Operations;
using CloudStack.Mcp.Server.Consent;

namespace CloudStack.Mcp.Server.Tools;

/// <summary>Who calls a tool, and what can be done with them while it runs.</summary>
internal interface IToolCaller
{
    /// <summary>The caller for audit and confirmation tokens.</summary>
    string Name { get; }

    /// <summary>True where a person can be asked through the caller.</summary>
    bool CanAsk { get; }

    /// <summary>True where a call may be answered with a task, to be asked about later.</summary>
    bool TakesTasks => false;

    /// <summary>What the person said to the question that the same call was answered with before, or null.</summary>
    PersonReply? Reply { get; }

    /// <summary>Tells the caller how far the work is.</summary>
    void Report(OperationProgress progress);
}
