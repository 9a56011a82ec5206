using System.Text.Json;
using Cloud.Core.Catalog;

namespace CloudStack.Simulator.Store;

/// <summary>The fields of one result class by position, with their names ready for writing.</summary>
internal sealed class EntityClass
{
    private readonly Dictionary<string, int> _positions;
    private readonly bool[] _isRestricted;

    public EntityClass(ResultSpec spec)
    {
        Name = spec.Class;
        Fields = spec.Fields;
        WireNames = [.. spec.Fields.Select(field => JsonEncodedText.Encode(field.Name))];
        _isRestricted = [.. spec.Fields.Select(field => RestrictedFields.Includes(ResultClass.Stored(spec.Class), field.Name))];
        _positions = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < Fields.Count; i++)
        {
            // Two fields may differ only by case; the first keeps the name and the other is never set.
            _positions.TryAdd(Fields[i].Name, i);
        }
    }

    /// <summary>The server's class name, such as <c>UserVmResponse</c>.</summary>
    public string Name { get; }

    public IReadOnlyList<FieldSpec> Fields { get; }

    public IReadOnlyList<JsonEncodedText> WireNames { get; }

    /// <summary>True for a field that only root administrators see.</summary>
    public bool IsRestricted(int position) => _isRestricted[position];

    public bool Has(string field) => _positions.ContainsKey(field);

    /// <summary>The field's position, or -1 where the class has no such field.</summary>
    public int PositionOf(string field) => _positions.GetValueOrDefault(field, -1);

    /// <summary>The facts about a field, or null where the class has no such field.</summary>
    public FieldSpec? FindField(string field) => _positions.TryGetValue(field, out var i) ? Fields[i] : null;

    public override string ToString() => Name;
}
