using System.Text.Json;
using Cloud.Core.Catalog;
using Cloud.Core.Objects;

namespace CloudStack.Simulator.Tests.Support;

/// <summary>Compares an answer with what the catalog says about it.</summary>
internal static class AnswerShapes
{
    /// <summary>Everything in an envelope's content that isn't as the catalog has it.</summary>
    public static IEnumerable<string> Problems(CommandCatalog catalog, CommandSpec command, JsonElement content)
    {
        var result = command.Result == "SuccessResponse" && command.Envelope.Shape != AnswerShape.Success ? null : catalog.FindResult(command.Result);
        var inner = command.Envelope.Inner ?? "null";
        switch (command.Envelope.Shape)
        {
            case AnswerShape.Success:
                return content.TryGetProperty("success", out var success) && success.ValueKind == JsonValueKind.True ? [] : [$"no success flag: {content}"];
            case AnswerShape.Flat:
                return Problems(catalog, result, content);
            case AnswerShape.Single:
                return content.EnumerateObject().Count() == 1 && content.TryGetProperty(inner, out var single)
                    ? Problems(catalog, result, single)
                    : [$"not one object named {inner}: {content}"];
            default:
                if (content.EnumerateObject().Any() is false)
                {
                    return [];
                }

                return content.TryGetProperty("count", out _) && content.TryGetProperty(inner, out var list)
                    ? list.EnumerateArray().SelectMany(item => Problems(catalog, result, item))
                    : [$"no count and array named {inner}: {content}"];
        }
    }

    private static IEnumerable<string> Problems(CommandCatalog catalog, ResultSpec? result, JsonElement item)
    {
        if (result is null)
        {
            yield break;
        }

        foreach (var member in item.EnumerateObject())
        {
            var field = result.Fields.FirstOrDefault(f => f.Name == member.Name);
            if (field is null)
            {
                yield return $"{result.Class} has no field {member.Name}";
                continue;
            }

            if (!Fits(field.Type, member.Value))
            {
                yield return $"{result.Class}.{member.Name} is {member.Value.GetRawText()}, which is no {field.Type}";
            }

            if (field.Of is { } of && catalog.FindResult(of) is { } nested)
            {
                var items = member.Value.ValueKind == JsonValueKind.Array ? member.Value.EnumerateArray().ToList() : [member.Value];
                foreach (var problem in items.Where(i => i.ValueKind == JsonValueKind.Object).SelectMany(i => Problems(catalog, nested, i)))
                {
                    yield return problem;
                }
            }
        }
    }

    private static bool Fits(FieldType type, JsonElement value) => type switch
    {
        FieldType.String => value.ValueKind == JsonValueKind.String,
        FieldType.Integer => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        FieldType.Number => value.ValueKind == JsonValueKind.Number,
        FieldType.Boolean => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        FieldType.Date => value.ValueKind == JsonValueKind.String && WireDate.TryParse(value.GetString(), out _)
            && value.GetString()!.EndsWith("+0000", StringComparison.Ordinal),
        FieldType.List => value.ValueKind == JsonValueKind.Array,
        FieldType.Map or FieldType.Object => value.ValueKind == JsonValueKind.Object,
        _ => true,
    };
}
