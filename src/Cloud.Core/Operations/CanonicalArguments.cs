using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Cloud.Core.Objects;

namespace Cloud.Core.Operations;

/// <summary>Writes arguments in one fixed form, so that equal arguments give equal bytes whatever face they came from.</summary>
internal static class CanonicalArguments
{
    public static void Write(Utf8JsonWriter writer, IReadOnlyDictionary<string, object> arguments)
    {
        writer.WriteStartObject();
        foreach (var (name, value) in arguments.OrderBy(a => a.Key, StringComparer.Ordinal))
        {
            writer.WritePropertyName(name);
            WriteValue(writer, value);
        }

        writer.WriteEndObject();
    }

    /// <summary>SHA-256 in lower-case hex over a command's name and its canonical arguments.</summary>
    public static string Digest(string command, IReadOnlyDictionary<string, object> arguments)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            writer.WriteStringValue(command);
            Write(writer, arguments);
            writer.WriteEndArray();
        }

        return Convert.ToHexString(SHA256.HashData(buffer.WrittenSpan)).ToLowerInvariant();
    }

    private static void WriteValue(Utf8JsonWriter writer, object value)
    {
        switch (value)
        {
            case bool boolean:
                writer.WriteBooleanValue(boolean);
                break;
            case long number:
                writer.WriteNumberValue(number);
                break;
            case double number:
                writer.WriteNumberValue(number);
                break;
            case DateTimeOffset date:
                writer.WriteStringValue(WireDate.Format(date));
                break;
            case IReadOnlyDictionary<string, string> map:
                WriteMap(writer, map);
                break;
            case IEnumerable<IReadOnlyDictionary<string, string>> records:
                writer.WriteStartArray();
                foreach (var record in records)
                {
                    WriteMap(writer, record);
                }

                writer.WriteEndArray();
                break;
            case IEnumerable<string> texts:
                writer.WriteStartArray();
                foreach (var text in texts)
                {
                    writer.WriteStringValue(text);
                }

                writer.WriteEndArray();
                break;
            default:
                writer.WriteStringValue(Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
        }
    }

    private static void WriteMap(Utf8JsonWriter writer, IReadOnlyDictionary<string, string> map)
    {
        writer.WriteStartObject();
        foreach (var (name, value) in map.OrderBy(m => m.Key, StringComparer.Ordinal))
        {
            writer.WriteString(name, value);
        }

        writer.WriteEndObject();
    }
}
