using System.Globalization;
using System.Text;
using System.Xml;
using Catalog.Compiler.Loading;

namespace Catalog.Compiler.Help;

/// <summary>Writes topics in the XML that <c>Get-Help</c> reads.</summary>
internal static class MamlFile
{
    private const string Maml = "http://schemas.microsoft.com/maml/2004/10";
    private const string Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private const string Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    // Indentation would be a third of the file.
    private static readonly XmlWriterSettings Settings = new() { Encoding = new UTF8Encoding(false), NewLineChars = "\n" };

    /// <summary>Writes one file.</summary>
    /// <param name="topics">The topics in it.</param>
    public static byte[] Write(IEnumerable<CmdletTopic> topics)
    {
        using var stream = new MemoryStream();
        using (var xml = XmlWriter.Create(stream, Settings))
        {
            xml.WriteStartElement("helpItems", "http://msh");
            xml.WriteAttributeString("schema", "maml");
            foreach (var topic in topics)
            {
                WriteCommand(xml, topic);
            }

            xml.WriteEndElement();
        }

        return stream.ToArray();
    }

    private static void WriteCommand(XmlWriter xml, CmdletTopic topic)
    {
        xml.WriteStartElement("command", "command", Command);
        xml.WriteAttributeString("xmlns", "maml", null, Maml);
        xml.WriteAttributeString("xmlns", "dev", null, Dev);

        xml.WriteStartElement("details", Command);
        xml.WriteElementString("name", Command, topic.Cmdlet.Name);
        xml.WriteElementString("verb", Command, topic.Cmdlet.Verb);
        xml.WriteElementString("noun", Command, topic.Cmdlet.Noun);
        WriteDescription(xml, [topic.Synopsis]);
        xml.WriteEndElement();

        WriteDescription(xml, [topic.Description]);
        WriteAll(xml, "syntax", topic.Cmdlet.Sets, WriteSyntax(topic.Cmdlet));
        WriteAll(xml, "parameters", topic.Cmdlet.Parameters.Zip(topic.Parameters), WriteParameter);
        WriteAll(xml, "inputTypes", topic.Inputs, (writer, input) => WriteType(writer, "inputType", input));
        WriteAll(xml, "returnValues", topic.Outputs, (writer, output) => WriteType(writer, "returnValue", output));
        WriteNotes(xml, topic.Notes);
        WriteAll(xml, "examples", topic.Examples.Index(), WriteExample);
        WriteAll(xml, "relatedLinks", topic.Related, WriteLink);
        xml.WriteEndElement();
    }

    private static Action<XmlWriter, string?> WriteSyntax(BuiltCmdlet cmdlet) => (xml, set) =>
    {
        xml.WriteStartElement("syntaxItem", Command);
        xml.WriteElementString("name", Maml, cmdlet.Name);
        foreach (var (parameter, use) in cmdlet.Line(set))
        {
            WriteStart(xml, parameter, use);
            xml.WriteElementString("name", Maml, parameter.Name);
            WriteValue(xml, parameter);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    };

    private static void WriteParameter(XmlWriter xml, (BuiltParameter Parameter, IReadOnlyList<string> Words) pair)
    {
        var (parameter, words) = pair;
        WriteStart(xml, parameter, parameter.Uses[0]);
        xml.WriteElementString("name", Maml, parameter.Name);
        WriteDescription(xml, words);
        WriteValue(xml, parameter);
        WriteTypeName(xml, parameter.Type);
        xml.WriteElementString("defaultValue", Dev, parameter.IsSwitch ? "False" : "None");
        xml.WriteEndElement();
    }

    private static void WriteStart(XmlWriter xml, BuiltParameter parameter, ParameterUse use)
    {
        xml.WriteStartElement("parameter", Command);
        xml.WriteAttributeString("required", use.Mandatory ? "true" : "false");
        xml.WriteAttributeString("variableLength", parameter.IsArray ? "true" : "false");
        xml.WriteAttributeString("globbing", parameter.TakesWildcards ? "true" : "false");
        xml.WriteAttributeString("pipelineInput", (use.FromPipeline, use.FromProperty) switch
        {
            (true, true) => "True (ByPropertyName, ByValue)",
            (true, false) => "True (ByValue)",
            (false, true) => "True (ByPropertyName)",
            _ => "False",
        });
        xml.WriteAttributeString("position", use.Position?.ToString(CultureInfo.InvariantCulture) ?? "named");
        xml.WriteAttributeString("aliases", parameter.Aliases.Count == 0 ? "none" : string.Join(", ", parameter.Aliases));
    }

    // A switch has no value in a syntax line; the engine knows it by the missing element.
    private static void WriteValue(XmlWriter xml, BuiltParameter parameter)
    {
        if (parameter.IsSwitch)
        {
            return;
        }

        xml.WriteStartElement("parameterValue", Command);
        xml.WriteAttributeString("required", "true");
        xml.WriteAttributeString("variableLength", parameter.IsArray ? "true" : "false");
        xml.WriteString(parameter.Type);
        xml.WriteEndElement();
    }

    private static void WriteType(XmlWriter xml, string element, TypeTopic topic)
    {
        xml.WriteStartElement(element, Command);
        WriteTypeName(xml, topic.Type);
        WriteDescription(xml, topic.Explanation);
        xml.WriteEndElement();
    }

    private static void WriteTypeName(XmlWriter xml, string type)
    {
        xml.WriteStartElement("type", Dev);
        xml.WriteElementString("name", Maml, type);
        xml.WriteEndElement();
    }

    private static void WriteNotes(XmlWriter xml, IReadOnlyList<string> notes)
    {
        if (notes.Count > 0)
        {
            xml.WriteStartElement("alertSet", Maml);
            xml.WriteStartElement("alert", Maml);
            WriteParagraphs(xml, notes);
            xml.WriteEndElement();
            xml.WriteEndElement();
        }
    }

    private static void WriteExample(XmlWriter xml, (int Index, Example Example) item)
    {
        var (index, example) = item;
        xml.WriteStartElement("example", Command);
        xml.WriteElementString("title", Maml, $"Example {index + 1}: {example.Title}");
        xml.WriteElementString("code", Dev, example.Code);
        xml.WriteEndElement();
    }

    private static void WriteLink(XmlWriter xml, string name)
    {
        xml.WriteStartElement("navigationLink", Maml);
        xml.WriteElementString("linkText", Maml, name);
        xml.WriteEndElement();
    }

    private static void WriteDescription(XmlWriter xml, IReadOnlyList<string> paragraphs)
    {
        xml.WriteStartElement("description", Maml);
        WriteParagraphs(xml, paragraphs);
        xml.WriteEndElement();
    }

    private static void WriteParagraphs(XmlWriter xml, IReadOnlyList<string> paragraphs)
    {
        foreach (var paragraph in paragraphs)
        {
            xml.WriteElementString("para", Maml, paragraph.Replace("`", "", StringComparison.Ordinal));
        }
    }

    private static void WriteAll<T>(XmlWriter xml, string element, IEnumerable<T> items, Action<XmlWriter, T> write)
    {
        xml.WriteStartElement(element, Command);
        foreach (var item in items)
        {
            write(xml, item);
        }

        xml.WriteEndElement();
    }
}
