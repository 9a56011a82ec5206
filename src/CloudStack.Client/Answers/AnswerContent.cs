using System.Text.Json;
using Cloud.Core.Catalog;

namespace CloudStack.Client.Answers;

/// <summary>What an envelope or a job's result holds (protocol note, section 4.2).</summary>
/// <param name="Objects">The objects.</param>
/// <param name="Count">The server's count, or null.</param>
/// <param name="Success">The success flag, or null.</param>
/// <param name="Text">The text beside a success flag, or null.</param>
internal sealed record AnswerContent(IReadOnlyList<JsonElement> Objects, long? Count, bool? Success, string? Text)
{
    /// <summary>
    /// Reads by what is there rather than by what the catalog expects: keys follow no rule, and servers answer lists for
    /// single objects and the other way round. Where no reading fits, the whole element is the object, so nothing is lost.
    /// </summary>
    public static AnswerContent Read(JsonElement element, EnvelopeSpec? expected)
    {
        long? count = null;
        bool? success = null;
        string? text = null;
        List<JsonElement> arrays = [];
        List<JsonProperty> objects = [];
        var others = 0;
        foreach (var member in element.EnumerateObject())
        {
            switch (member.Value.ValueKind)
            {
                case JsonValueKind.Array:
                    arrays.Add(member.Value);
                    break;
                case JsonValueKind.Object:
                    objects.Add(member);
                    break;
                case JsonValueKind.Number when member.NameEquals("count") && member.Value.TryGetInt64(out var number):
                    count = number;
                    break;
                case JsonValueKind.True or JsonValueKind.False when member.NameEquals("success"):
                    success = member.Value.ValueKind == JsonValueKind.True;
                    break;
                case JsonValueKind.String when member.NameEquals("success") && bool.TryParse(member.Value.GetString(), out var flag):
                    success = flag;
                    break;
                case JsonValueKind.String when member.NameEquals("displaytext") || member.NameEquals("details"):
                    text = member.Value.GetString();
                    break;
                default:
                    others++;
                    break;
            }
        }

        if (expected?.Shape == AnswerShape.Flat)
        {
            return new AnswerContent([element], null, success, text);
        }

        if (arrays.Count > 0 && (objects.Count == 0 || expected?.Shape == AnswerShape.List))
        {
            return new AnswerContent(ItemsOf(arrays) ?? [element], count, success, text);
        }

        return objects.Count switch
        {
            1 => new AnswerContent([objects[0].Value], count, success, text),
            > 1 => new AnswerContent([Named(objects, expected?.Inner) ?? element], count, success, text),
            _ when others == 0 && (success is not null || text is null) => new AnswerContent([], count, success, text),
            _ => new AnswerContent([element], count, success, text),
        };
    }

    // One command answers with two arrays, so all are taken; an array of plain values can't be told as objects.
    private static List<JsonElement>? ItemsOf(List<JsonElement> arrays)
    {
        var items = new List<JsonElement>(arrays[0].GetArrayLength());
        foreach (var array in arrays)
        {
            foreach (var item in array.EnumerateArray())
            {
                if (item.ValueKind != JsonValueKind.Object)
                {
                    return null;
                }

                items.Add(item);
            }
        }

        return items;
    }

    private static JsonElement? Named(List<JsonProperty> objects, string? name)
    {
        foreach (var member in objects)
        {
            if (member.Name == name)
            {
                return member.Value;
            }
        }

        return null;
    }
}
