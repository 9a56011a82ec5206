using Catalog.Compiler.Emitting;
using Cloud.Core.Search;

namespace Catalog.Compiler.Search;

/// <summary>Writes the index by which commands are found, so that nobody has to read all commands to search them.</summary>
internal sealed class SearchEmitter : IEmitter
{
    public string Target => "search";

    public void Emit(CompiledCatalog catalog, OutputFolder output) => output.Write("search.jsonl", SearchIndexWriter.Write(
        [.. catalog.Commands.Select(command => new SearchDocument(
            command, catalog.Search.AlsoCalled(command.Name), catalog.Search.Weight(command.Name, command.Category)))],
        catalog.Search.Language));
}
