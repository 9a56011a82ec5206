using System.Text.Json;
using Cloud.Core.Objects;
using CloudStack.Mcp.Server.Results.Filters;

namespace CloudStack.Mcp.Server.Results.Groups;

/// <summary>Groups rows as they stream by. It keeps figures, never rows, and a bounded number of groups.</summary>
/// <param name="fields">The fields whose values make a group; none for one group of all rows.</param>
/// <param name="measures">The figures of each group.</param>
internal sealed class GroupTable(IReadOnlyList<FieldPath> fields, IReadOnlyList<Measure> measures)
{
    /// <summary>The most fields to group by.</summary>
    public const int MostFields = 3;

    /// <summary>The most figures.</summary>
    public const int MostMeasures = 8;

    /// <summary>The most groups; rows of further ones are counted together.</summary>
    public const int MostGroups = 1000;

    /// <summary>The longest part of a key that is shown, in UTF-16 units.</summary>
    public const int LongestKey = 200;

    private readonly Dictionary<string, Group> _groups = new(StringComparer.Ordinal);
    private Group? _others;

    /// <summary>The groups, those with the most rows first.</summary>
    public IReadOnlyList<Group> Groups => [.. _groups.Values.OrderByDescending(g => g.Rows)];

    /// <summary>The rows of groups beyond the bound, or null.</summary>
    public Group? Others => _others;

    /// <summary>Adds a row to its group.</summary>
    /// <param name="row">The row.</param>
    public void Add(CloudObject row)
    {
        var key = fields.Select(field => CleanText.Line(
            string.Join(",", field.ValuesOf(row).Select(FilterValue.TextOf)), LongestKey)).ToArray();
        var text = string.Join('\u001f', key);
        if (!_groups.TryGetValue(text, out var group))
        {
            group = _groups.Count < MostGroups ? _groups[text] = new Group(key, measures) : _others ??= new Group([], measures);
        }

        group.Add(row);
    }

    /// <summary>Writes a group.</summary>
    /// <param name="w">The writer.</param>
    /// <param name="group">The group.</param>
    public void Write(Utf8JsonWriter w, Group group)
    {
        w.WriteStartObject();
        foreach (var (field, value) in fields.Zip(group.Key))
        {
            w.WriteString(field.Text, value);
        }

        foreach (var tally in group.Tallies)
        {
            tally.Write(w);
        }

        w.WriteEndObject();
    }
}

/// <summary>One group.</summary>
/// <param name="key">The values that its rows share, one a field.</param>
/// <param name="measures">Its figures.</param>
internal sealed class Group(IReadOnlyList<string> key, IReadOnlyList<Measure> measures)
{
    /// <summary>The values that its rows share.</summary>
    public IReadOnlyList<string> Key { get; } = key;

    /// <summary>Its figures.</summary>
    public IReadOnlyList<Tally> Tallies { get; } = [.. measures.Select(m => new Tally(m))];

    /// <summary>How many rows it has.</summary>
    public long Rows { get; private set; }

    /// <summary>Adds a row.</summary>
    /// <param name="row">The row.</param>
    public void Add(CloudObject row)
    {
        Rows++;
        foreach (var tally in Tallies)
        {
            tally.Add(row);
        }
    }
}
