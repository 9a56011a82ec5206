using System.Text.Json;
using Cloud.Core.Objects;

namespace CloudStack.Mcp.Server.Results.Filters;

/// <summary>How a field is compared.</summary>
internal enum ComparisonOperator
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Contains,
    StartsWith,
    Like,
    In,
}

/// <summary>
/// Compares a field with values. A row that hasn't got the field counts as an empty text; where a field has several values,
/// one that fits is enough, and <c>!=</c> wants none that is equal.
/// </summary>
/// <param name="Field">The field.</param>
/// <param name="Operator">How to compare.</param>
/// <param name="Values">What to compare with; several for <see cref="ComparisonOperator.In"/>.</param>
internal sealed record Comparison(FieldPath Field, ComparisonOperator Operator, IReadOnlyList<FilterValue> Values) : IRowTest
{
    private static readonly JsonElement Empty = JsonElement.Parse("\"\"");

    /// <inheritdoc/>
    public bool Matches(CloudObject row)
    {
        var found = Field.ValuesOf(row).DefaultIfEmpty(Empty);
        return Operator == ComparisonOperator.NotEqual
            ? !found.Any(value => Values[0].IsEqual(value))
            : found.Any(Fits);
    }

    private bool Fits(JsonElement value) => Operator switch
    {
        ComparisonOperator.Equal => Values[0].IsEqual(value),
        ComparisonOperator.In => Values.Any(wanted => wanted.IsEqual(value)),
        ComparisonOperator.Contains => FilterValue.TextOf(value).Contains(Values[0].Text, StringComparison.OrdinalIgnoreCase),
        ComparisonOperator.StartsWith => FilterValue.TextOf(value).StartsWith(Values[0].Text, StringComparison.OrdinalIgnoreCase),
        ComparisonOperator.Like => Wildcard.Matches(FilterValue.TextOf(value), Values[0].Text),
        _ => Values[0].Order(value) is { } order && Operator switch
        {
            ComparisonOperator.Less => order < 0,
            ComparisonOperator.LessOrEqual => order <= 0,
            ComparisonOperator.Greater => order > 0,
            _ => order >= 0,
        },
    };
}
