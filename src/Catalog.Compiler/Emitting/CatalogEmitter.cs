using Cloud.Core.Catalog;

namespace Catalog.Compiler.Emitting;

/// <summary>Writes the line files that <see cref="CommandCatalog"/> reads at run time.</summary>
internal sealed class CatalogEmitter : IEmitter
{
    public string Target => "catalog";

    public void Emit(CompiledCatalog catalog, OutputFolder output)
    {
        output.Write("commands.jsonl", CatalogWriter.WriteCommands(catalog.Commands));
        output.Write("results.jsonl", CatalogWriter.WriteResults(catalog.Results));
    }
}
