using Cloud.Core.Operations;

namespace CloudStack.Mcp.Server.Tools;

/// <summary>Who calls a tool, and what can be done with them while it runs.</summary>
internal interface IToolCaller
{
    /// <summary>The caller for audit and confirmation tokens.</summary>
    string Name { get; }

    /// <summary>True where a person can be asked through the caller.</summary>
    bool CanAsk { get; }

    /// <summary>Asks the person. Only called where <see cref="CanAsk"/> is true.</summary>
    /// <param name="question">What is to be confirmed.</param>
    /// <param name="cancellationToken">Stops the question.</param>
    /// <returns>True where the person agreed, and typed what had to be typed.</returns>
    Task<bool> AskAsync(ConfirmationQuestion question, CancellationToken cancellationToken);

    /// <summary>Tells the caller how far the work is.</summary>
    void Report(OperationProgress progress);
}

/// <summary>What a person is asked.</summary>
/// <param name="Message">What would happen, to what, in a few lines without invisible characters.</param>
/// <param name="TypedText">What has to be typed to agree, or null where a yes is enough.</param>
internal sealed record ConfirmationQuestion(string Message, string? TypedText);
