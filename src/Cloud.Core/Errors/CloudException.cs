namespace Cloud.Core.Errors;

/// <summary>
/// The one typed error of the product: what failed, the server's own words and codes, the cause in plain words, and what
/// to do next. No member holds a secret.
/// </summary>
public sealed class CloudException : Exception
{
    /// <summary>Makes an error.</summary>
    /// <param name="cause">The cause a caller can branch on.</param>
    /// <param name="message">What failed and why, in one or two sentences.</param>
    /// <param name="nextStep">What the person should do next, in one sentence.</param>
    /// <param name="inner">The exception behind it, or null.</param>
    public CloudException(ErrorCause cause, string message, string nextStep, Exception? inner = null)
        : base(message, inner)
    {
        Cause = cause;
        NextStep = nextStep;
    }

    /// <summary>Why it failed.</summary>
    public ErrorCause Cause { get; }

    /// <summary>What to do next, in one sentence.</summary>
    public string NextStep { get; }

    /// <summary>The command that failed, by API name, or null.</summary>
    public string? Command { get; init; }

    /// <summary>The server's own text, or null where it said nothing.</summary>
    public string? ServerText { get; init; }

    /// <summary>The HTTP status, or null where no answer came.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>The API's error code in the answer, or null.</summary>
    public int? ErrorCode { get; init; }

    /// <summary>The server's finer error code, or null.</summary>
    public int? DetailCode { get; init; }

    /// <summary>The job concerned, or null.</summary>
    public string? JobId { get; init; }

    /// <summary>What the request is called in the audit trail, where its lines carry this as their operation; null where none was made.</summary>
    public string? RequestId { get; private set; }

    /// <summary>Everything that was wrong, one problem each; empty where <see cref="Exception.Message"/> says it all.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>How long to wait before another try, or null where the server named none.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Notes which request failed; the first note counts.</summary>
    /// <param name="requestId">Its name in the audit trail.</param>
    internal void NoteRequest(string requestId) => RequestId ??= requestId;
}
