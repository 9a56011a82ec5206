namespace CloudStack.Client.Wire;

/// <summary>One name and value as sent, not yet percent-encoded.</summary>
/// <param name="Name">The name; ordinary ones in lower case, the field of a map keeps its case.</param>
/// <param name="Value">The value.</param>
internal readonly record struct WireParameter(string Name, string Value)
{
    /// <summary>The name alone: the value may be a secret.</summary>
    public override string ToString() => Name;

    /// <summary>Sorts by UTF-16 units of the names as sent, the order that the server signs in.</summary>
    public static void Sort(Span<WireParameter> parameters) =>
        parameters.Sort(static (a, b) => string.CompareOrdinal(a.Name, b.Name));
}
