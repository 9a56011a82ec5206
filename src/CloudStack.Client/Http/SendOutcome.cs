using CloudStack.Client.Answers;

namespace CloudStack.Client.Http;

/// <summary>What came of a sent command: its answer, or the job that a lost answer was traced to.</summary>
/// <param name="Secrets">Texts that no message about the answer may show.</param>
/// <param name="Answer">The answer, or null.</param>
/// <param name="JobId">The job found in place of the answer, or null.</param>
/// <param name="EntityId">The object that job works on, or null.</param>
internal sealed record SendOutcome(
    IReadOnlyList<string> Secrets, Answer? Answer, string? JobId = null, string? EntityId = null);
