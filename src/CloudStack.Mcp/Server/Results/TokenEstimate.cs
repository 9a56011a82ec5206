namespace CloudStack.Mcp.Server.Results;

/// <summary>
/// What a text costs a model, estimated without a tokenizer. English and schemas take about 4 bytes a token in the
/// o200k vocabulary, answers full of identifiers about 2.5; see <c>docs/performance.md</c>.
/// </summary>
internal static class TokenEstimate
{
    /// <summary>The most tokens an answer takes before it's cut.</summary>
    public const int AnswerBudget = 10_000;

    private const double ProseBytes = 4;
    private const double DataBytes = 2.5;

    /// <summary>The most bytes an answer of <see cref="AnswerBudget"/> has.</summary>
    public static int AnswerBytes => (int)(AnswerBudget * DataBytes);

    /// <summary>Tokens of descriptions and schemas.</summary>
    /// <param name="bytes">Their UTF-8 length.</param>
    public static int OfProse(long bytes) => (int)Math.Ceiling(bytes / ProseBytes);

    /// <summary>Tokens of answers.</summary>
    /// <param name="bytes">Their UTF-8 length.</param>
    public static int OfData(long bytes) => (int)Math.Ceiling(bytes / DataBytes);
}
