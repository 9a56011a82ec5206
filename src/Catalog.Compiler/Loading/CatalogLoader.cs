using Catalog.Compiler.Diagnostics;

namespace Catalog.Compiler.Loading;

/// <summary>Reads a catalog's folder and checks every file against the facts.</summary>
internal static class CatalogLoader
{
    /// <summary>Reads a catalog.</summary>
    /// <param name="folder">The folder that holds <c>api.json</c> and our files beside it.</param>
    /// <param name="errors">Where errors go; everything wrong is reported, not only the first.</param>
    /// <param name="requireWords">Whether everything must be explained.</param>
    /// <returns>The catalog, or null where anything was wrong.</returns>
    public static CompiledCatalog? Load(string folder, ErrorLog errors, bool requireWords = Words.AreRequired)
    {
        if (ApiFacts.Load(folder, errors) is not { } facts)
        {
            return null;
        }

        var names = Names.Load(folder, facts, errors);
        var categories = Categories.Load(folder, facts, errors);
        var effects = Effects.Load(folder, facts, errors);
        var entities = Entities.Load(folder, facts, errors);
        var secrets = Secrets.Load(folder, facts, errors);
        var aliases = Aliases.Load(folder, facts, errors);
        if (names is null || categories is null || effects is null || entities is null || secrets is null)
        {
            return null;
        }

        var words = Words.Load(folder, facts, categories, errors, requireWords);
        words.ReportUnexplained();
        var search = SearchWords.Load(folder, facts, categories, errors);
        var commands = new CommandReader(facts, names, categories, effects, entities, secrets, words);
        var results = new ResultReader(facts, names, entities, secrets);
        var catalog = new CompiledCatalog(
            [.. facts.Commands.Select(c => commands.Read(c.Key, c.Value))],
            [.. facts.Classes.Select(c => results.Read(c.Key, c.Value))],
            categories.All,
            aliases,
            words,
            search);
        return errors.IsEmpty ? catalog : null;
    }
}
