using System.Xml.Linq;

namespace CloudStack.PowerShell.Tests.Help;

/// <summary>One cmdlet's help as it stands in the built module.</summary>
internal sealed record HelpTopic(XElement Element)
{
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    public static string Folder { get; } = Path.Combine(BuiltModule.Folder, "en-US");

    /// <summary>The topics by cmdlet, read from the file of each cmdlet's noun.</summary>
    public static IReadOnlyDictionary<string, HelpTopic> All { get; } = Directory.GetFiles(Folder, "*-Help.xml")
        .SelectMany(file => XDocument.Load(file).Root!.Elements(Command + "command")
            .Select(element => new HelpTopic(element))
            .Where(topic => Path.GetFileName(file) == $"{topic.Noun}-Help.xml"))
        .ToDictionary(topic => topic.Name);

    public string Name => Element.Element(Command + "details")!.Element(Command + "name")!.Value;

    public string Noun => Element.Element(Command + "details")!.Element(Command + "noun")!.Value;

    public string Synopsis => Paragraphs(Element.Element(Command + "details")!);

    public string Description => Paragraphs(Element);

    public IReadOnlyList<IReadOnlyList<string>> SyntaxLines => [.. Element.Element(Command + "syntax")!.Elements()
        .Select(line => line.Elements(Command + "parameter").Select(p => p.Element(Maml + "name")!.Value).ToList())];

    public IReadOnlyList<XElement> Parameters => [.. Element.Element(Command + "parameters")!.Elements()];

    public IReadOnlyList<string> Outputs => [.. Element.Element(Command + "returnValues")!.Elements()
        .Select(output => output.Element(Dev + "type")!.Element(Maml + "name")!.Value)];

    public IReadOnlyList<string> Examples => [.. Element.Element(Command + "examples")!.Elements()
        .Select(example => example.Element(Dev + "code")!.Value)];

    public IReadOnlyList<string> Links => [.. Element.Element(Command + "relatedLinks")!.Elements()
        .Select(link => link.Element(Maml + "linkText")!.Value)];

    public static string NameOf(XElement parameter) => parameter.Element(Maml + "name")!.Value;

    public static string TypeOf(XElement parameter) => parameter.Element(Dev + "type")!.Element(Maml + "name")!.Value;

    public static string Paragraphs(XElement element) =>
        string.Join(' ', element.Element(Maml + "description")!.Elements(Maml + "para").Select(p => p.Value));

    public override string ToString() => Name;
}
