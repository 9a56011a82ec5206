using System.Buffers;
using System.Text.Json;
using CloudStack.Client.Http;

namespace CloudStack.Client.Answers;

/// <summary>Takes the percent-encoding off the texts of an answer, which a server puts on where its setting says so (protocol note, section 4.3).</summary>
internal static class EncodedAnswer
{
    /// <summary>Decodes an answer; one that isn't JSON stays as it is.</summary>
    public static RawAnswer Decode(RawAnswer raw)
    {
        if (!AnswerJson.TryParse(raw.Body, out var document, out _))
        {
            return raw;
        }

        var target = new ArrayBufferWriter<byte>(raw.Body.Length);
        using (var writer = new Utf8JsonWriter(target))
        {
            Write(writer, document.RootElement);
        }

        return raw with { Body = target.WrittenMemory };
    }

    private static void Write(Utf8JsonWriter writer, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in element.EnumerateObject())
                {
                    writer.WritePropertyName(member.Name);
                    Write(writer, member.Value);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(Uri.UnescapeDataString(element.GetString()!));
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }
}
