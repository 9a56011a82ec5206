namespace Cloud.Core.Catalog;

/// <summary>The shape of a command's answer.</summary>
public enum AnswerShape
{
    /// <summary>One object under a key of its own.</summary>
    Single,

    /// <summary>A count and an array.</summary>
    List,

    /// <summary>A success flag and an optional text.</summary>
    Success,

    /// <summary>The fields stand directly in the envelope.</summary>
    Flat,
}

/// <summary>The keys around a command's answer. Servers must use them; readers need not know them.</summary>
/// <param name="Outer">The key around the whole answer.</param>
/// <param name="Inner">The key of the object or array, or null where there is none.</param>
/// <param name="Shape">What stands inside.</param>
public sealed record EnvelopeSpec(string Outer, string? Inner, AnswerShape Shape);
