namespace Catalog.Compiler.Help;

/// <summary>The built assembly that topics are written about.</summary>
/// <param name="Assembly">The assembly that holds the cmdlets, with its comments (<c>.xml</c>) and what it references beside it.</param>
/// <param name="PowerShell">The assembly that defines PowerShell's attributes.</param>
internal sealed record TopicSource(string Assembly, string PowerShell)
{
    /// <summary>The day the assembly was built, so that the same assembly always gives the same pages.</summary>
    public DateOnly Date => DateOnly.FromDateTime(File.GetLastWriteTimeUtc(Assembly));

    /// <summary>Writes the topics of all cmdlets, sorted by name.</summary>
    /// <param name="catalog">The catalog.</param>
    public IReadOnlyList<CmdletTopic> Read(CompiledCatalog catalog)
    {
        var builder = new TopicBuilder(catalog, SourceComments.Read(Path.ChangeExtension(Assembly, ".xml")));
        return [.. CmdletAssembly.Read(Assembly, PowerShell).Select(builder.Build)];
    }
}
