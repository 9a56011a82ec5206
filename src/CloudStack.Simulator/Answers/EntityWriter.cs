using System.Globalization;
using System.Text.Json;
using Cloud.Core.Catalog;
using Cloud.Core.Objects;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Answers;

/// <summary>Writes objects as the answers of a result class: its fields only, unset ones left out.</summary>
/// <param name="writer">Where to.</param>
/// <param name="schema">The result classes.</param>
/// <param name="isFull">Whether fields that only root administrators see are written.</param>
internal sealed class EntityWriter(Utf8JsonWriter writer, Schema schema, bool isFull)
{
    private const int MaxDepth = 4;

    /// <summary>Writes an object with its braces.</summary>
    public void WriteObject(Entity entity, EntityClass shownAs)
    {
        writer.WriteStartObject();
        WriteMembers(entity, shownAs, 0);
        writer.WriteEndObject();
    }

    /// <summary>Writes an object's fields into an object that is already open.</summary>
    public void WriteMembers(Entity entity, EntityClass shownAs) => WriteMembers(entity, shownAs, 0);

    private void WriteMembers(Entity entity, EntityClass shownAs, int depth)
    {
        var isOwnClass = ReferenceEquals(entity.Class, shownAs);
        for (var i = 0; i < shownAs.Fields.Count; i++)
        {
            if (!isFull && shownAs.IsRestricted(i))
            {
                continue;
            }

            var from = isOwnClass ? i : entity.Class.PositionOf(shownAs.Fields[i].Name);
            var value = from < 0 ? null : entity.Read(from);
            if (value is not null && !isOwnClass)
            {
                value = FieldValue.For(shownAs.Fields[i], value);
            }

            if (value is not null)
            {
                Write(shownAs.WireNames[i], shownAs.Fields[i], value, depth);
            }
        }
    }

    private void Write(JsonEncodedText name, FieldSpec field, object value, int depth)
    {
        switch (value)
        {
            case string text: writer.WriteString(name, text); break;
            case bool flag: writer.WriteBoolean(name, flag); break;
            case long number: writer.WriteNumber(name, number); break;
            case double number: writer.WriteNumber(name, number); break;
            case DateTimeOffset date: WriteDate(name, date); break;
            case RawJson raw:
                writer.WritePropertyName(name);
                writer.WriteRawValue(raw.Utf8.Span, skipInputValidation: true);
                break;
            case Entity nested when depth < MaxDepth:
                writer.WriteStartObject(name);
                WriteMembers(nested, Shown(field, nested), depth + 1);
                writer.WriteEndObject();
                break;
            case IReadOnlyList<Entity> items when depth < MaxDepth:
                writer.WriteStartArray(name);
                foreach (var item in items)
                {
                    writer.WriteStartObject();
                    WriteMembers(item, Shown(field, item), depth + 1);
                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
                break;
            case IReadOnlyDictionary<string, string> map:
                writer.WriteStartObject(name);
                foreach (var (key, text) in map)
                {
                    writer.WriteString(key, text);
                }

                writer.WriteEndObject();
                break;
            case IEnumerable<string> texts:
                writer.WriteStartArray(name);
                foreach (var text in texts)
                {
                    writer.WriteStringValue(text);
                }

                writer.WriteEndArray();
                break;
        }
    }

    /// <summary>The form of <see cref="WireDate.Format"/> without a text in between: lists have two dates a row.</summary>
    private void WriteDate(JsonEncodedText name, DateTimeOffset date)
    {
        Span<char> text = stackalloc char[24];
        date.UtcDateTime.TryFormat(text, out var length, "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
        "+0000".CopyTo(text[length..]);
        writer.WriteString(name, text[..(length + 5)]);
    }

    private EntityClass Shown(FieldSpec field, Entity item) =>
        (field.Of is { } className ? schema.Find(className) : null) ?? item.Class;
}
