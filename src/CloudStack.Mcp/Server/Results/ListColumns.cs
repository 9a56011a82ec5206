using Cloud.Core.Catalog;
using Cloud.Core.Objects;

namespace CloudStack.Mcp.Server.Results;

/// <summary>The fields that the rows of a list are written with: those that were asked for, or else the telling ones.</summary>
/// <param name="asked">The fields asked for; empty for the default.</param>
/// <param name="type">The rows' class, or null where it isn't known.</param>
/// <param name="telling">Field names from the most to the least telling.</param>
internal sealed class ListColumns(IReadOnlyList<string> asked, ResultSpec? type, IReadOnlyList<string> telling)
{
    /// <summary>The field name that stands for all fields.</summary>
    public const string All = "*";

    /// <summary>The rows' class, or null where it isn't known.</summary>
    public ResultSpec? Type => type;

    /// <summary>How many rows are looked at to choose by; where the fields were asked for, the first begins the list.</summary>
    public int RowsToChooseBy => asked.Count == 0 ? DefaultColumns.MostLookedAt : 1;

    /// <summary>About how many fields a row will have.</summary>
    public int LikelyCount => Asked?.Count ?? (asked.Count == 0 || type is null ? DefaultColumns.Most : Math.Max(1, type.Fields.Count));

    /// <summary>The fields asked for by name, or null for none or all.</summary>
    public IReadOnlyList<string>? Asked => asked.Count == 0 || asked.Contains(All) ? null : asked;

    /// <summary>Chooses the fields.</summary>
    /// <param name="rows">The first rows.</param>
    /// <returns>The fields in their order, or null for all.</returns>
    public IReadOnlyList<string>? Choose(IReadOnlyList<CloudObject> rows) =>
        asked.Count == 0 ? DefaultColumns.Of(type, rows, telling) : Asked;
}
