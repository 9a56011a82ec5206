using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Catalog.Compiler.Help;

/// <summary>The documentation comments that the C# compiler put beside an assembly.</summary>
internal sealed partial class SourceComments
{
    private readonly Dictionary<string, string> _summaries;

    private SourceComments(Dictionary<string, string> summaries) => _summaries = summaries;

    /// <summary>Reads the file.</summary>
    /// <param name="path">The <c>.xml</c> file.</param>
    public static SourceComments Read(string path) => new(XDocument.Load(path).Descendants("member")
        .Where(member => member.Element("summary") is not null)
        .ToDictionary(member => member.Attribute("name")!.Value, member => Text(member.Element("summary")!), StringComparer.Ordinal));

    /// <summary>Gives a class's summary, or an empty text.</summary>
    public string OfType(string type) => _summaries.GetValueOrDefault($"T:{type}", "");

    /// <summary>Gives a property's summary, or an empty text.</summary>
    public string OfProperty(string type, string property) => _summaries.GetValueOrDefault($"P:{type}.{property}", "");

    private static string Text(XElement element)
    {
        var text = string.Concat(element.Nodes().Select(node => node switch
        {
            XText literal => literal.Value,
            XElement { Name.LocalName: "see" or "paramref" } link => link.Attributes().First().Value.Split('.', ':')[^1],
            XElement inner => Text(inner),
            _ => "",
        }));
        return Blanks.Replace(text, " ").Trim();
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks { get; }
}
