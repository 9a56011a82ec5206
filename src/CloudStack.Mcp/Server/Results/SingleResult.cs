using System.Text.Json;
using Cloud.Core.Catalog;

namespace CloudStack.Mcp.Server.Results;

/// <summary>Writes one object whole, or as many of its fields as the token budget allows, naming those left out.</summary>
internal static class SingleResult
{
    private const int Frame = 400;

    /// <summary>Writes the <c>result</c> member and, where fields were left out, <c>omitted</c>.</summary>
    /// <param name="w">The writer, inside an object.</param>
    /// <param name="writer">Writes the fields.</param>
    /// <param name="json">The object.</param>
    /// <param name="type">Its class, or null.</param>
    /// <param name="fields">The fields wanted, or null for all.</param>
    public static void Write(
        Utf8JsonWriter w, ObjectWriter writer, JsonElement json, ResultSpec? type, IReadOnlyList<string>? fields)
    {
        w.WriteStartObject("result");
        var omitted = WriteMembers(w, writer, json, type, fields, TokenEstimate.AnswerBytes - Frame);
        w.WriteEndObject();
        if (omitted.Count > 0)
        {
            w.WriteStartArray("omitted");
            foreach (var name in omitted)
            {
                w.WriteStringValue(CleanText.Line(name, 100));
            }

            w.WriteEndArray();
        }
    }

    /// <summary>Writes an object's members until a budget is used up.</summary>
    /// <param name="w">The writer, inside the object.</param>
    /// <param name="writer">Writes the fields.</param>
    /// <param name="json">The object.</param>
    /// <param name="type">Its class, or null.</param>
    /// <param name="fields">The fields wanted, or null for all.</param>
    /// <param name="budget">Bytes.</param>
    /// <returns>The fields left out.</returns>
    public static IReadOnlyList<string> WriteMembers(
        Utf8JsonWriter w, ObjectWriter writer, JsonElement json, ResultSpec? type, IReadOnlyList<string>? fields, int budget)
    {
        var omitted = new List<string>();
        foreach (var member in json.EnumerateObject())
        {
            if (fields?.Contains(member.Name, StringComparer.OrdinalIgnoreCase) == false)
            {
                continue;
            }

            // Measured only where it could be too long, so that a usual object is written once.
            var length = member.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array
                ? AnswerBuffer.Measure(m => Alone(m, writer, member, type)).Length
                : member.Name.Length + 16;
            if (length > budget)
            {
                omitted.Add(member.Name);
                continue;
            }

            var before = w.BytesCommitted + w.BytesPending;
            writer.WriteMember(w, member.Name, member.Value, type, 0);
            budget -= (int)(w.BytesCommitted + w.BytesPending - before);
        }

        return omitted;
    }

    private static void Alone(Utf8JsonWriter w, ObjectWriter writer, JsonProperty member, ResultSpec? type)
    {
        w.WriteStartObject();
        writer.WriteMember(w, member.Name, member.Value, type, 0);
        w.WriteEndObject();
    }
}
