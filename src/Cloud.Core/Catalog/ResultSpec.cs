namespace Cloud.Core.Catalog;

/// <summary>The type of a field in an answer.</summary>
public enum FieldType
{
    /// <summary>Text.</summary>
    String,

    /// <summary>An integer of up to 64 bits.</summary>
    Integer,

    /// <summary>A number with a fraction.</summary>
    Number,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A point in time.</summary>
    Date,

    /// <summary>An array.</summary>
    List,

    /// <summary>Named values.</summary>
    Map,

    /// <summary>A nested object.</summary>
    Object,

    /// <summary>Anything.</summary>
    Any,
}

/// <summary>Facts about one field of a result class.</summary>
/// <param name="Name">The name on the wire.</param>
/// <param name="Label">The PascalCase name of the property.</param>
/// <param name="Type">The field's type.</param>
/// <param name="Of">The result class of a nested object or of an array's items; null for plain values.</param>
/// <param name="Sensitive">True where the value is a secret.</param>
public sealed record FieldSpec(string Name, string Label, FieldType Type, string? Of, bool Sensitive);

/// <summary>How an object of a result class is found by name.</summary>
/// <param name="Command">The list command that answers with objects of the class.</param>
/// <param name="Arguments">Arguments that the list command always needs, by wire name.</param>
/// <param name="NameField">The wire name of the field that people call the object by.</param>
/// <param name="FilterParameter">The list command's parameter that narrows by that name, or null where it has none.</param>
public sealed record FinderSpec(
    string Command,
    IReadOnlyDictionary<string, string> Arguments,
    string NameField,
    string? FilterParameter)
{
    /// <summary>Where to look next when this finds none: another list of the same kind of object, or another of its names.</summary>
    public FinderSpec? Also { get; init; }
}

/// <summary>Facts about one class of answered objects.</summary>
public sealed record ResultSpec
{
    /// <summary>The server's class name; the key other facts refer to.</summary>
    public required string Class { get; init; }

    /// <summary>The name of our model (<c>VirtualMachine</c>).</summary>
    public required string Model { get; init; }

    /// <summary>The fields, sorted by name.</summary>
    public required IReadOnlyList<FieldSpec> Fields { get; init; }

    /// <summary>How an object of the class is found by name, or null where it can't be.</summary>
    public FinderSpec? Finder { get; init; }
}
