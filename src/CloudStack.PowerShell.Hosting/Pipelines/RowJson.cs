using System.Buffers;
using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Text.Json;
using Cloud.Core.Objects;

namespace CloudStack.PowerShell.Hosting.Pipelines;

/// <summary>Turns what comes out of a pipeline into JSON.</summary>
internal static class RowJson
{
    private const int Deepest = 6;

    /// <summary>Converts one object: the cloud's own as it came, what the object cmdlets make by its properties, the rest as a value.</summary>
    /// <param name="row">The object.</param>
    public static JsonElement Of(PSObject row)
    {
        if (row.BaseObject is CloudObject known)
        {
            return known.GetJson();
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var w = new Utf8JsonWriter(buffer))
        {
            Write(w, row, 0);
        }

        var reader = new Utf8JsonReader(buffer.WrittenSpan);
        return JsonElement.ParseValue(ref reader);
    }

    private static void Write(Utf8JsonWriter w, object? value, int depth)
    {
        switch (value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value)
        {
            case var _ when depth > Deepest:
                w.WriteStringValue("…");
                break;
            case var made when made is not null && HasOwnProperties(made):
                w.WriteStartObject();
                foreach (var property in PSObject.AsPSObject(made).Properties.Where(p => p.MemberType is PSMemberTypes.Property or PSMemberTypes.NoteProperty))
                {
                    WriteMember(w, property.Name, property.Value, depth);
                }

                w.WriteEndObject();
                break;
            case null:
                w.WriteNullValue();
                break;
            case CloudObject known:
                known.GetJson().WriteTo(w);
                break;
            case string text:
                w.WriteStringValue(text);
                break;
            case bool flag:
                w.WriteBooleanValue(flag);
                break;
            case int number:
                w.WriteNumberValue(number);
                break;
            case long number:
                w.WriteNumberValue(number);
                break;
            case double number when double.IsFinite(number):
                w.WriteNumberValue(number);
                break;
            case decimal number:
                w.WriteNumberValue(number);
                break;
            case DateTimeOffset date:
                w.WriteStringValue(WireDate.Format(date));
                break;
            case IFormattable formattable:
                w.WriteStringValue(formattable.ToString(null, CultureInfo.InvariantCulture));
                break;
            case IDictionary map:
                w.WriteStartObject();
                foreach (var key in map.Keys)
                {
                    WriteMember(w, Convert.ToString(key, CultureInfo.InvariantCulture) ?? "", map[key], depth);
                }

                w.WriteEndObject();
                break;
            case IEnumerable items:
                w.WriteStartArray();
                foreach (var item in items)
                {
                    Write(w, item, depth + 1);
                }

                w.WriteEndArray();
                break;
            case var other:
                w.WriteStringValue(other.GetType().Name);
                break;
        }
    }

    private static void WriteMember(Utf8JsonWriter w, string name, object? value, int depth)
    {
        w.WritePropertyName(name);
        Write(w, value, depth + 1);
    }

    // What Select-Object, Group-Object and Measure-Object make, and what our own cmdlets say of jobs and successes.
    private static bool HasOwnProperties(object value) =>
        value is PSObject
        || value.GetType().Namespace is "Microsoft.PowerShell.Commands" or "CloudStack.PowerShell.Results";
}
