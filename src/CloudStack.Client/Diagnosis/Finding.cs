namespace CloudStack.Client.Diagnosis;

/// <summary>How a check came out.</summary>
public enum Verdict
{
    /// <summary>All is well.</summary>
    Ok,

    /// <summary>It works, but something should be looked at.</summary>
    Warn,

    /// <summary>It doesn't work.</summary>
    Fail,

    /// <summary>It couldn't be checked.</summary>
    Skipped,
}

/// <summary>What a check found. No text holds a secret.</summary>
/// <param name="Verdict">How it came out.</param>
/// <param name="Detail">What was found, in one sentence.</param>
/// <param name="Next">What to do next; empty where there is nothing to do.</param>
public sealed record Finding(Verdict Verdict, string Detail, string Next = "")
{
    /// <summary>All is well.</summary>
    public static Finding Ok(string detail) => new(Verdict.Ok, detail);

    /// <summary>It works, but something should be looked at.</summary>
    public static Finding Warn(string detail, string next) => new(Verdict.Warn, detail, next);

    /// <summary>It doesn't work.</summary>
    public static Finding Fail(string detail, string next) => new(Verdict.Fail, detail, next);

    /// <summary>It couldn't be checked.</summary>
    public static Finding Skipped(string detail) => new(Verdict.Skipped, detail);
}
