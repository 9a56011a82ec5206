using System.Text.Json;
using Cloud.Core.Catalog;
using Cloud.Core.Objects;

namespace CloudStack.Mcp.Server.Results;

/// <summary>Chooses the fields that a list shows when none were asked for: the telling ones that have a value in some of its first rows.</summary>
internal static class DefaultColumns
{
    /// <summary>The most columns a list shows by default.</summary>
    public const int Most = 9;

    // Below this a row says too little, and plain fields fill it up.
    private const int Few = 4;

    /// <summary>How many rows are looked at: to see that a field is in none takes a look at each, and an answer seldom shows more than these.</summary>
    public const int MostLookedAt = 100;

    /// <summary>Chooses the columns of a list.</summary>
    /// <param name="type">The rows' class, or null where it isn't known.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="telling">Field names from the most to the least telling.</param>
    public static IReadOnlyList<string> Of(ResultSpec? type, IReadOnlyList<CloudObject> rows, IReadOnlyList<string> telling)
    {
        rows = [.. rows.Take(MostLookedAt)];
        CloudObject[] first = [.. rows.Take(1)];
        var known = type is { Fields.Count: > 0 } ? type.Fields.Select(f => f.Name).ToHashSet(StringComparer.Ordinal) : null;
        // Most of the names are no field of the class, which needn't be found out in row after row.
        var columns = telling
            .Where(name => HasValue(first, name) || (known?.Contains(name) != false && HasValue(rows, name))).Take(Most).ToList();
        if (columns.Count < Few)
        {
            var names = type?.Fields.Select(f => f.Name) ?? rows.SelectMany(r => r.GetJson().EnumerateObject()).Select(m => m.Name).Distinct();
            columns.AddRange(names.Where(name => !columns.Contains(name) && HasValue(rows, name)).Take(Most - columns.Count));
        }

        return columns;
    }

    private static bool HasValue(IReadOnlyList<CloudObject> rows, string name) => rows.Any(row => row.GetField(name) is
    {
        ValueKind: JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False,
    } value && !(value.ValueKind == JsonValueKind.String && value.ValueEquals("")));
}
