using Cloud.Core.Catalog;

namespace Catalog.Compiler.Emitting;

/// <summary>Says where a model's objects come from: which commands answer with them, or which model holds them.</summary>
/// <param name="catalog">The catalog.</param>
internal sealed class ModelOrigins(CompiledCatalog catalog)
{
    private readonly ILookup<string, CommandSpec> _commands = catalog.Commands.ToLookup(c => c.Result, StringComparer.Ordinal);
    private readonly ILookup<string, string> _holders = catalog.Results
        .SelectMany(r => r.Fields.Where(f => f.Of is not null && f.Of != r.Class).Select(f => (f.Of, r.Model)))
        .ToLookup(x => x.Of!, x => x.Model, StringComparer.Ordinal);

    /// <summary>The sentence that introduces a model.</summary>
    public string Describe(ResultSpec result)
    {
        var what = $"The server's `{result.Class}`";
        var commands = _commands[result.Class].ToArray();
        if (commands.Length == 0)
        {
            var holders = _holders[result.Class].Distinct().Take(3).Select(model => $"`{model}`").ToArray();
            return holders.Length == 0 ? $"{what}." : $"{what}, a part of {string.Join(" and ", holders)}.";
        }

        var typical = commands.FirstOrDefault(c => c.Name == result.Finder?.Command)
            ?? commands.FirstOrDefault(c => c.IsList)
            ?? commands[0];
        return commands.Length switch
        {
            1 => $"{what}, the answer of `{typical.Name}`.",
            2 => $"{what}, the answer of `{typical.Name}` and one other command.",
            var count => $"{what}, the answer of `{typical.Name}` and {count - 1} other commands.",
        };
    }
}
