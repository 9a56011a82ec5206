namespace Catalog.Compiler.Help;

/// <summary>One cmdlet of the built module, as the engine will see it.</summary>
/// <param name="Name">Verb and noun.</param>
/// <param name="Type">The full name of its class.</param>
/// <param name="Aliases">Other names; a generated cmdlet's is its API command.</param>
/// <param name="Outputs">The full names of the types it writes.</param>
/// <param name="DefaultSet">The parameter set taken where the arguments don't decide, or null.</param>
/// <param name="Parameters">The parameters: its own first, in their order, then those of its base classes and the engine.</param>
internal sealed record BuiltCmdlet(
    string Name,
    string Type,
    IReadOnlyList<string> Aliases,
    IReadOnlyList<string> Outputs,
    string? DefaultSet,
    IReadOnlyList<BuiltParameter> Parameters)
{
    /// <summary>The verb.</summary>
    public string Verb => Name[..Name.IndexOf('-', StringComparison.Ordinal)];

    /// <summary>The noun.</summary>
    public string Noun => Name[(Verb.Length + 1)..];

    /// <summary>The names of the parameter sets, the default one first; one null where there is only one set.</summary>
    public IReadOnlyList<string?> Sets
    {
        get
        {
            var named = Parameters.SelectMany(p => p.Uses).Select(use => use.Set).OfType<string>()
                .Distinct(StringComparer.Ordinal).OrderByDescending(set => set == DefaultSet).ToList();
            return named.Count == 0 ? [null] : [.. named];
        }
    }

    /// <summary>Gives the parameters of a set in the order of a syntax line: by position, then the mandatory ones, then the rest.</summary>
    /// <param name="set">The set's name, or null for the only one.</param>
    public IReadOnlyList<(BuiltParameter Parameter, ParameterUse Use)> Line(string? set) =>
        [.. Parameters
            .Select(parameter => (Parameter: parameter, Use: parameter.In(set)))
            .Where(pair => pair.Use is not null)
            .Select(pair => (pair.Parameter, pair.Use!))
            .OrderBy(pair => pair.Item2.Position ?? int.MaxValue)
            .ThenByDescending(pair => pair.Item2.Mandatory)];
}
