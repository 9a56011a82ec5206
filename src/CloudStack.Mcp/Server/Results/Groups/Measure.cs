using Cloud.Core.Catalog;
using CloudStack.Mcp.Server.Results.Filters;

namespace CloudStack.Mcp.Server.Results.Groups;

/// <summary>What is counted up over the rows of a group.</summary>
internal enum MeasureKind
{
    Count,
    Sum,
    Avg,
    Min,
    Max,
}

/// <summary>One figure of a group, such as <c>count</c> or <c>sum(memory)</c>.</summary>
/// <param name="Kind">What is counted up.</param>
/// <param name="Field">Of what; null for a count of rows.</param>
/// <param name="Name">What it's called in the answer.</param>
internal sealed record Measure(MeasureKind Kind, FieldPath? Field, string Name)
{
    /// <summary>The count of rows.</summary>
    public static Measure Count { get; } = new(MeasureKind.Count, null, "count");

    /// <summary>Reads a measure.</summary>
    /// <param name="text">Such as <c>count</c> or <c>avg(cpunumber)</c>.</param>
    /// <param name="type">The class of the rows, or null.</param>
    /// <param name="catalog">Knows the classes of nested objects.</param>
    /// <param name="problem">What is wrong with it, or null.</param>
    public static Measure? Read(string text, ResultSpec? type, CommandCatalog catalog, out string? problem)
    {
        problem = null;
        var plain = text.Trim();
        if (plain.Equals(Count.Name, StringComparison.OrdinalIgnoreCase))
        {
            return Count;
        }

        var open = plain.IndexOf('(', StringComparison.Ordinal);
        if (open <= 0 || plain[^1] != ')' || !char.IsLetter(plain[0])
            || !Enum.TryParse<MeasureKind>(plain[..open].Trim(), ignoreCase: true, out var kind)
            || kind == MeasureKind.Count || !Enum.IsDefined(kind))
        {
            problem = $"'{CleanText.Line(plain, 80)}' is no measure; write count, or sum, avg, min or max with a field in parentheses, such as sum(memory)";
            return null;
        }

        var field = FieldPath.Read(plain[(open + 1)..^1].Trim(), type, catalog, out problem);
        if (field is null)
        {
            return null;
        }

        if (kind is MeasureKind.Sum or MeasureKind.Avg && field.Type is FieldType.Boolean or FieldType.Date)
        {
            problem = $"{field.Text} is no number, so it has no {kind.ToString().ToLowerInvariant()}";
            return null;
        }

        return new Measure(kind, field, $"{kind.ToString().ToLowerInvariant()}({field.Text})");
    }
}
