namespace CloudStack.Mcp.Server.Tools;

/// <summary>The JSON type of a tool's argument.</summary>
internal enum ArgumentKind
{
    Text,
    Texts,
    Integer,
    Object,
}

/// <summary>
/// One argument of a tool. The tool's schema and the check of a call are both made from this, so that they can't differ.
/// </summary>
/// <param name="Name">The argument's name.</param>
/// <param name="Kind">Its type.</param>
/// <param name="Meaning">What it means, for the model that reads the schema; may be empty.</param>
internal sealed record ArgumentRule(string Name, ArgumentKind Kind, string Meaning = "")
{
    /// <summary>The longest text, in UTF-16 units, and the most items of a list.</summary>
    public const int LongestText = 8192;
    public const int MostTexts = 200;

    public bool Required { get; init; }

    /// <summary>The smallest integer allowed.</summary>
    public long Least { get; init; }

    /// <summary>The largest integer allowed.</summary>
    public long Most { get; init; } = int.MaxValue;

    /// <summary>The integer that stands for an absent one, or null.</summary>
    public long? Default { get; init; }

    /// <summary>Tell clients only the type; the bounds hold all the same.</summary>
    public bool IsBrief { get; init; }
}
