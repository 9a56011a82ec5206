namespace Catalog.Compiler.Diagnostics;

/// <summary>One defect of the catalog's data, at the place where it has to be mended.</summary>
/// <param name="Path">The file.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column in UTF-8 bytes, from 1.</param>
/// <param name="Code">The kind of defect; see <see cref="ErrorCode"/>.</param>
/// <param name="Text">What is wrong and what is expected.</param>
internal sealed record CatalogError(string Path, int Line, int Column, string Code, string Text)
{
    /// <summary>Writes the error in the form that MSBuild and editors turn into a link.</summary>
    public override string ToString() => $"{Path}({Line},{Column}): error {Code}: {Text}";
}
