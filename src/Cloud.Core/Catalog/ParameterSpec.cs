namespace Cloud.Core.Catalog;

/// <summary>Facts about one parameter of a command.</summary>
public sealed record ParameterSpec
{
    /// <summary>The length limit of a text parameter that declares none.</summary>
    public const int DefaultMaxLength = 255;

    /// <summary>The name on the wire, spelt as the server declares it.</summary>
    public required string Name { get; init; }

    /// <summary>The PascalCase name people use; lower-cased it equals <see cref="Name"/> lower-cased without underscores, unless renamed.</summary>
    public required string Label { get; init; }

    /// <summary>The type the server reads.</summary>
    public required ParameterType Type { get; init; }

    /// <summary>The type of each item where <see cref="Type"/> is <see cref="ParameterType.List"/>.</summary>
    public ParameterType ItemType { get; init; } = ParameterType.String;

    /// <summary>True where the server refuses the command without a non-empty value.</summary>
    public bool Required { get; init; }

    /// <summary>The longest text in UTF-16 units.</summary>
    public int MaxLength { get; init; } = DefaultMaxLength;

    /// <summary>The result class of the object that an identifier refers to, or null.</summary>
    public string? Entity { get; init; }

    /// <summary>The wire name of the parameter beside it that says of which class the identified object is, or null.</summary>
    public string? KindFrom { get; init; }

    /// <summary>The accepted values, or empty where any value goes.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>True where the value is a secret that no output may show.</summary>
    public bool Sensitive { get; init; }

    /// <summary>True where only root administrators may pass it.</summary>
    public bool AdminOnly { get; init; }

    /// <summary>True where the number must be at least 1.</summary>
    public bool Positive { get; init; }

    /// <summary>The layout of a map, or null for any other type.</summary>
    public MapSpec? Map { get; init; }

    /// <summary>The server release that introduced it, or null.</summary>
    public string? Since { get; init; }

    /// <summary>What the parameter means, in our own words; empty where no words are written yet.</summary>
    public string Explanation { get; init; } = "";
}
