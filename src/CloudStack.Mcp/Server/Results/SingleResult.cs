using System.Text.Json;
using Cloud.Core.Catalog;

namespace CloudStack.Mcp.Server.Results;

/// <summary>Writes one object whole, or as many of its fields as the token budget allows, naming those left out.</summary>
internal static class SingleResult
{
    // What stands around the object.
    private const int Frame = 200;

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
        var omitted = WriteMembers(w, writer, json, type, fields, TokenEstimate.AnswerBudget - Frame);
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
    /// <param name="budget">Tokens.</param>
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

            if (!writer.TryMeasure(member, type, out var value))
            {
                continue;
            }

            var cost = TokenEstimate.OfData(value.Span) + TokenEstimate.OfProse(member.Name.Length) + 1;
            if (cost > budget)
            {
                omitted.Add(member.Name);
                continue;
            }

            budget -= cost;
            w.WritePropertyName(CleanText.Of(member.Name));
            w.WriteRawValue(value.Span, skipInputValidation: true);
        }

        return omitted;
    }
}
