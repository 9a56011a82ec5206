namespace Catalog.Compiler.Emitting;

/// <summary>Writes one target of the build from the catalog.</summary>
internal interface IEmitter
{
    /// <summary>The target's name on the command line and in <c>CatalogOutput</c>.</summary>
    string Target { get; }

    /// <summary>Writes the target's files: the same catalog always gives the same bytes.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="output">The target's own folder.</param>
    void Emit(CompiledCatalog catalog, OutputFolder output);
}
