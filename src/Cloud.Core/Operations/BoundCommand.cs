using Cloud.Core.Catalog;

namespace Cloud.Core.Operations;

/// <summary>
/// A command with arguments that were checked against the catalog. Values are one of: <see cref="string"/>,
/// <see cref="bool"/>, <see cref="long"/>, <see cref="double"/>, <see cref="DateTimeOffset"/>,
/// <c>IReadOnlyList&lt;string&gt;</c> for lists, <c>IReadOnlyDictionary&lt;string, string&gt;</c> for
/// <see cref="MapStyle.Pairs"/> and flat maps, and <c>IReadOnlyList&lt;IReadOnlyDictionary&lt;string, string&gt;&gt;</c>
/// for <see cref="MapStyle.Records"/>.
/// </summary>
/// <param name="Spec">The command.</param>
/// <param name="Arguments">The values by wire name.</param>
public sealed record BoundCommand(CommandSpec Spec, IReadOnlyDictionary<string, object> Arguments)
{
    /// <summary>True where a list may be as old as the connection's cache lets it be.</summary>
    public bool MayUseCache { get; init; }

    /// <summary>True where the pages of a list may be lent: whoever gets one gives it back, and its memory is used for another.</summary>
    public bool LendsPages { get; init; }

    /// <summary>SHA-256 in hex over the command and its arguments, secrets included.</summary>
    public string Digest => CanonicalArguments.Digest(Spec.Name, Arguments);

    /// <summary>The command alone: an argument may be a secret.</summary>
    public override string ToString() => Spec.Name;
}
