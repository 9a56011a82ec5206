using Catalog.Compiler.Emitting;

namespace Catalog.Compiler.Help;

/// <summary>
/// Writes the help of the built cmdlets, one file a noun: <c>Get-Help</c> reads the whole file that it finds a cmdlet in, so
/// that one file for all would cost the first question of every session about a second.
/// </summary>
/// <param name="source">Where the cmdlets' topics come from.</param>
internal sealed class HelpEmitter(TopicSource source) : IEmitter
{
    public string Target => "help";

    public void Emit(CompiledCatalog catalog, OutputFolder output)
    {
        foreach (var noun in source.Read(catalog).GroupBy(topic => topic.Cmdlet.Noun, StringComparer.Ordinal))
        {
            output.Write($"{noun.Key}-Help.xml", MamlFile.Write(noun));
        }
    }
}
