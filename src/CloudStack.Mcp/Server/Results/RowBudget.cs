namespace CloudStack.Mcp.Server.Results;

/// <summary>How much the rows of one answer may come to.</summary>
/// <param name="Most">The most of it.</param>
/// <param name="Field">What a short field of a row takes.</param>
/// <param name="Cost">What a written row takes.</param>
internal sealed record RowBudget(int Most, int Field, Func<ReadOnlySpan<byte>, int> Cost)
{
    // What stands around the rows: counts, cursor, note.
    private const int Frame = 200;

    /// <summary>What a model is given at once, in tokens.</summary>
    public static RowBudget Tokens { get; } = new(TokenEstimate.AnswerBudget - Frame, Field: 8, static row => TokenEstimate.OfData(row) + 1);
}
