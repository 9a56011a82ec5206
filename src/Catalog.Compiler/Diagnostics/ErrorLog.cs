namespace Catalog.Compiler.Diagnostics;

/// <summary>Collects errors, so that one run shows all of them.</summary>
internal sealed class ErrorLog
{
    private readonly List<CatalogError> _errors = [];

    /// <summary>The errors by file and line.</summary>
    public IReadOnlyList<CatalogError> Errors =>
        [.. _errors.OrderBy(e => e.Path, StringComparer.Ordinal).ThenBy(e => e.Line).ThenBy(e => e.Column)];

    /// <summary>True where nothing was wrong so far.</summary>
    public bool IsEmpty => _errors.Count == 0;

    /// <summary>Adds an error.</summary>
    /// <param name="error">The error.</param>
    public void Add(CatalogError error) => _errors.Add(error);
}
