using System.Globalization;
using System.Text.Json;
using Cloud.Core.Objects;
using CloudStack.Simulator.Protocol;

namespace CloudStack.Simulator.Answers;

/// <summary>Answers as other servers and other settings would write them.</summary>
internal static class JsonRewriting
{
    /// <summary>Truth values as texts.</summary>
    public static ReadOnlyMemory<byte> TextBooleans(ReadOnlyMemory<byte> json) =>
        Rewrite(json, (writer, value) =>
        {
            if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            {
                return false;
            }

            writer.WriteStringValue(value.GetRawText());
            return true;
        });

    /// <summary>Dates in the zone of a server that isn't at UTC.</summary>
    public static ReadOnlyMemory<byte> OffsetDates(ReadOnlyMemory<byte> json, TimeSpan offset) =>
        Rewrite(json, (writer, value) =>
        {
            if (value.ValueKind != JsonValueKind.String || !value.GetString()!.EndsWith("+0000", StringComparison.Ordinal)
                || !WireDate.TryParse(value.GetString()!, out var date))
            {
                return false;
            }

            var local = date.ToOffset(offset);
            writer.WriteStringValue(string.Create(
                CultureInfo.InvariantCulture, $"{local:yyyy-MM-dd'T'HH:mm:ss}{(offset < TimeSpan.Zero ? '-' : '+')}{offset:hhmm}"));
            return true;
        });

    /// <summary>Every text percent-encoded, as with the server's setting <c>encode.api.response</c>.</summary>
    public static ReadOnlyMemory<byte> EncodedTexts(ReadOnlyMemory<byte> json) =>
        Rewrite(json, (writer, value) =>
        {
            if (value.ValueKind != JsonValueKind.String)
            {
                return false;
            }

            writer.WriteStringValue(PercentEncoder.Encode(value.GetString()!));
            return true;
        });

    private static ReadOnlyMemory<byte> Rewrite(ReadOnlyMemory<byte> json, Func<Utf8JsonWriter, JsonElement, bool> tryWrite)
    {
        using var document = JsonDocument.Parse(json);
        using var buffer = new PooledBuffer();
        using (var writer = new Utf8JsonWriter(buffer, Envelope.Options))
        {
            Write(writer, document.RootElement, tryWrite);
        }

        return buffer.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, JsonElement value, Func<Utf8JsonWriter, JsonElement, bool> tryWrite)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in value.EnumerateObject())
                {
                    writer.WritePropertyName(member.Name);
                    Write(writer, member.Value, tryWrite);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                {
                    Write(writer, item, tryWrite);
                }

                writer.WriteEndArray();
                break;
            default:
                if (!tryWrite(writer, value))
                {
                    value.WriteTo(writer);
                }

                break;
        }
    }
}
