namespace Cloud.Core.Catalog;

/// <summary>How a map parameter is laid out on the wire (protocol note, section 6.2).</summary>
public enum MapStyle
{
    /// <summary><c>p[i].K1=name</c> and <c>p[i].K2=value</c>.</summary>
    Pairs,

    /// <summary><c>p[i].name=value</c>; all indexes are merged.</summary>
    Flat,

    /// <summary><c>p[0].name=value</c>; the server reads index 0 only.</summary>
    FlatZero,

    /// <summary>A list of objects, <c>p[i].field=value</c>.</summary>
    Records,
}

/// <summary>The wire layout of one map parameter.</summary>
/// <param name="Style">The layout.</param>
/// <param name="Keys">The two key names for <see cref="MapStyle.Pairs"/>, the known field names for <see cref="MapStyle.Records"/>.</param>
/// <param name="Open">True where a record may hold fields beyond <paramref name="Keys"/>.</param>
public sealed record MapSpec(MapStyle Style, IReadOnlyList<string> Keys, bool Open);
