namespace Cloud.Core.Binding;

/// <summary>Tells several problems in one sentence.</summary>
public static class ProblemText
{
    /// <summary>Joins problems.</summary>
    /// <param name="problems">At least one, each with or without its end.</param>
    public static string Sentence(IReadOnlyList<string> problems)
    {
        ArgumentNullException.ThrowIfNull(problems);
        return string.Join("; ", problems) + (problems[^1][^1] is '?' or '.' ? "" : ".");
    }
}
