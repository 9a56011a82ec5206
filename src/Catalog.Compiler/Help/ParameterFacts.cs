using Cloud.Core.Catalog;

namespace Catalog.Compiler.Help;

/// <summary>Says what the facts know of a parameter beyond the words.</summary>
/// <param name="catalog">The catalog, which knows what can be found by name.</param>
internal sealed class ParameterFacts(CompiledCatalog catalog)
{
    /// <summary>Gives the facts as short sentences in one paragraph, or an empty text.</summary>
    /// <param name="built">The cmdlet's parameter.</param>
    /// <param name="spec">The API parameter behind it.</param>
    /// <param name="command">The command.</param>
    public string Of(BuiltParameter built, ParameterSpec spec, CommandSpec command) =>
        string.Join(' ', Sentences(built, spec, command));

    private IEnumerable<string> Sentences(BuiltParameter built, ParameterSpec spec, CommandSpec command)
    {
        if (built.IsIdentity)
        {
            yield return (catalog.CanBeNamed(spec), built.IsArray) switch
            {
                (true, false) => "A name or the object itself goes in place of the id.",
                (true, true) => "Names or the objects themselves go in place of the ids.",
                (false, false) => "The object itself goes in place of the id.",
                (false, true) => "The objects themselves go in place of the ids.",
            };
        }

        if (Form(built, spec) is { } form)
        {
            yield return form;
        }

        if (spec.Values.Any(value => !spec.Explanation.Contains(value, StringComparison.OrdinalIgnoreCase)))
        {
            yield return $"Accepted: {string.Join(", ", spec.Values)}.";
        }

        if (spec.Positive)
        {
            yield return "At least 1.";
        }

        if (spec.MaxLength != ParameterSpec.DefaultMaxLength && built.Type is "String" or "SecureString")
        {
            yield return FormattableString.Invariant($"At most {spec.MaxLength} characters.");
        }

        if (spec.AdminOnly && !spec.Explanation.Contains("admin", StringComparison.OrdinalIgnoreCase))
        {
            yield return "For root administrators only.";
        }

        if (spec.Since is { } since && since != command.Since)
        {
            yield return $"Since release {since}.";
        }
    }

    private static string? Form(BuiltParameter built, ParameterSpec spec) => built.Type switch
    {
        "SecureString" => "A SecureString, such as Read-Host -AsSecureString gives.",
        "Hashtable" => "A hashtable: @{ name = 'value' }.",
        "Hashtable[]" when spec.Map!.Keys.Count > 0 => $"Hashtables with the keys {string.Join(", ", spec.Map.Keys)}.",
        "Hashtable[]" => "Hashtables, one for each record.",
        _ => null,
    };
}
