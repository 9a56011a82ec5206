using Cloud.Core.Errors;
using CloudStack.Client.Answers;

namespace CloudStack.Client.Http;

/// <summary>What is known about a request after one try.</summary>
internal enum Delivery
{
    /// <summary>It never left: no connection came about.</summary>
    NotSent,

    /// <summary>It may have been processed; the answer is missing or unreadable.</summary>
    Lost,

    /// <summary>The server answered.</summary>
    Answered,
}

/// <summary>How one try of a call ended: with an answer, or with an error and what is known about the request.</summary>
/// <param name="Delivery">What became of the request.</param>
/// <param name="Answer">The answer, or null.</param>
/// <param name="Error">The error, or null.</param>
/// <param name="IsTransient">True where another try may fare better.</param>
internal sealed record Attempt(Delivery Delivery, Answer? Answer, CloudException? Error, bool IsTransient)
{
    public static Attempt Success(Answer answer) => new(Delivery.Answered, answer, null, IsTransient: false);

    public static Attempt Failure(Delivery delivery, CloudException error, bool isTransient) => new(delivery, null, error, isTransient);
}
