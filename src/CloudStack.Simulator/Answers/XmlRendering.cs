using System.Text;
using System.Text.Json;
using System.Xml;

namespace CloudStack.Simulator.Answers;

/// <summary>
/// Renders a JSON answer as the XML that the server gives to callers who don't ask for JSON: members are elements, an
/// array's items are repeated elements, and the server's version stands on the root.
/// </summary>
internal static class XmlRendering
{
    public static ReadOnlyMemory<byte> Of(ReadOnlyMemory<byte> json, string serverVersion)
    {
        using var document = JsonDocument.Parse(json);
        using var stream = new MemoryStream();
        using (var writer = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new UTF8Encoding(false), CheckCharacters = false }))
        {
            foreach (var root in document.RootElement.EnumerateObject())
            {
                writer.WriteStartElement(XmlConvert.EncodeLocalName(root.Name));
                writer.WriteAttributeString("cloud-stack-version", serverVersion);
                WriteMembers(writer, root.Value);
                writer.WriteEndElement();
            }
        }

        return stream.ToArray();
    }

    private static void WriteMembers(XmlWriter writer, JsonElement value)
    {
        foreach (var member in value.EnumerateObject())
        {
            Write(writer, member.Name, member.Value);
        }
    }

    private static void Write(XmlWriter writer, string name, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in value.EnumerateArray())
            {
                Write(writer, name, item);
            }

            return;
        }

        writer.WriteStartElement(XmlConvert.EncodeLocalName(name));
        if (value.ValueKind == JsonValueKind.Object)
        {
            WriteMembers(writer, value);
        }
        else
        {
            writer.WriteString(value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText());
        }

        writer.WriteEndElement();
    }
}
