using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using Cloud.Core.Catalog;
using Cloud.Core.Security;

namespace CloudStack.Mcp.Server.Results;

/// <summary>Copies a cloud's objects into an answer: no nulls, no empty values, no hidden characters, no secrets.</summary>
/// <param name="catalog">Knows the classes of nested objects.</param>
/// <param name="secrets">Decides what is masked.</param>
internal sealed class ObjectWriter(CommandCatalog catalog, SecretFields secrets)
{
    // The server nests objects a few levels; a hostile answer must not exhaust the stack.
    private const int Deepest = 16;
    private const int LongestText = 4000;

    private static readonly SearchValues<byte> PlainBytes =
        SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Where(b => b != '\\').Select(b => (byte)b)]);

    private readonly Dictionary<(string? Class, string Name), (ResultSpec? Nested, bool IsHidden)> _rules = [];

    /// <summary>Writes an object, whole or some of its fields.</summary>
    /// <param name="w">The writer.</param>
    /// <param name="json">The object.</param>
    /// <param name="type">Its class, or null.</param>
    /// <param name="fields">The fields wanted in their order, or null for all.</param>
    public void Write(Utf8JsonWriter w, JsonElement json, ResultSpec? type, IReadOnlyList<string>? fields)
    {
        w.WriteStartObject();
        if (fields is null)
        {
            foreach (var member in json.EnumerateObject())
            {
                WriteMember(w, member.Name, member.Value, type, 0);
            }
        }
        else
        {
            foreach (var name in fields)
            {
                if (json.TryGetProperty(name, out var value))
                {
                    WriteMember(w, name, value, type, 0);
                }
            }
        }

        w.WriteEndObject();
    }

    /// <summary>Writes the value of one member by itself, to see what it costs.</summary>
    /// <param name="member">The member.</param>
    /// <param name="type">The class of its object, or null.</param>
    /// <param name="value">The value's JSON.</param>
    /// <returns>False where the value is empty, and left out of answers.</returns>
    public bool TryMeasure(JsonProperty member, ResultSpec? type, out ReadOnlyMemory<byte> value)
    {
        value = default;
        if (IsEmpty(member.Value))
        {
            return false;
        }

        value = AnswerBuffer.Measure(w => WriteNonEmpty(w, member.Name, member.Value, type, 0));
        return true;
    }

    private void WriteMember(Utf8JsonWriter w, string name, JsonElement value, ResultSpec? type, int depth)
    {
        if (!IsEmpty(value))
        {
            w.WritePropertyName(CleanText.Of(name));
            WriteNonEmpty(w, name, value, type, depth);
        }
    }

    private void WriteNonEmpty(Utf8JsonWriter w, string name, JsonElement value, ResultSpec? type, int depth)
    {
        var (nested, isHidden) = RuleOf(type, name);
        if (isHidden && value.ValueKind is JsonValueKind.String or JsonValueKind.Object or JsonValueKind.Array)
        {
            w.WriteStringValue(Redaction.Mask);
            return;
        }

        WriteValue(w, value, nested, depth);
    }

    // The rows of a list have the same fields; what goes for one goes for all.
    private (ResultSpec? Nested, bool IsHidden) RuleOf(ResultSpec? type, string name)
    {
        if (!_rules.TryGetValue((type?.Class, name), out var rule))
        {
            var field = type?.Fields.FirstOrDefault(f => string.Equals(f.Name, name, StringComparison.OrdinalIgnoreCase));
            rule = (field?.Of is { } of ? catalog.FindResult(of) : null, secrets.Hides(field, name));
            _rules.Add((type?.Class, name), rule);
        }

        return rule;
    }

    private static bool IsEmpty(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => true,
        JsonValueKind.Array => value.GetArrayLength() == 0,
        JsonValueKind.Object => !value.EnumerateObject().MoveNext(),
        JsonValueKind.String => value.ValueEquals(""),
        _ => false,
    };

    private void WriteValue(Utf8JsonWriter w, JsonElement value, ResultSpec? type, int depth)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object when depth < Deepest:
                w.WriteStartObject();
                foreach (var member in value.EnumerateObject())
                {
                    WriteMember(w, member.Name, member.Value, type, depth + 1);
                }

                w.WriteEndObject();
                break;
            case JsonValueKind.Array when depth < Deepest:
                w.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                {
                    WriteValue(w, item, type, depth + 1);
                }

                w.WriteEndArray();
                break;
            case JsonValueKind.Object or JsonValueKind.Array:
                w.WriteStringValue("…");
                break;
            case JsonValueKind.String when IsPlain(JsonMarshal.GetRawUtf8Value(value)):
                w.WriteRawValue(JsonMarshal.GetRawUtf8Value(value), skipInputValidation: true);
                break;
            case JsonValueKind.String:
                w.WriteStringValue(Text(value.GetString()!));
                break;
            default:
                value.WriteTo(w);
                break;
        }
    }

    // Most texts have nothing to take out, and are copied as they came.
    private static bool IsPlain(ReadOnlySpan<byte> text) => text.Length <= LongestText && !text.ContainsAnyExcept(PlainBytes);

    private static string Text(string text)
    {
        var clean = CleanText.Of(text);
        return clean.Length <= LongestText
            ? clean
            : string.Concat(clean.AsSpan(0, LongestText), $"… (+{clean.Length - LongestText} characters)");
    }
}
