using System.Text.Json;
using Cloud.Core.Catalog;
using CloudStack.Mcp.Server.Tools;

namespace CloudStack.Mcp.Server.Results;

/// <summary>Writes what a model needs to know to call a command, and no more.</summary>
/// <param name="catalog">The catalog.</param>
/// <param name="command">The command.</param>
/// <param name="isPermitted">False where the connected role may not call it.</param>
internal sealed class CommandDescription(CommandCatalog catalog, CommandSpec command, bool isPermitted)
{
    private const int MostExampleValues = 3;

    /// <summary>Writes the description.</summary>
    public ToolAnswer Write() => AnswerBuffer.Write(w =>
    {
        w.WriteString("command", command.Name);
        Optional(w, "cmdlet", command.Cmdlet);
        w.WriteString("category", command.Category);
        Optional(w, "about", command.Synopsis);
        Optional(w, "details", command.Description);
        if (!isPermitted)
        {
            w.WriteBoolean("permitted", false);
        }

        WriteEffect(w);
        w.WriteStartArray("parameters");
        // Here lists are read in parts by limit and cursor.
        foreach (var parameter in command.Parameters.Where(p => !(command.IsPaged && p.Name is "page" or "pagesize")).OrderByDescending(p => p.Required))
        {
            WriteParameter(w, parameter);
        }

        w.WriteEndArray();
        WriteResult(w);
        WriteExample(w);
        Optional(w, "powershell", command.Examples.Count > 0 ? command.Examples[0] : "");
        if (command.Related.Count > 0)
        {
            w.WriteString("related", string.Join(", ", command.Related));
        }
    });

    private void WriteEffect(Utf8JsonWriter w)
    {
        w.WriteString("effect", command.Effect.Effect.ToString().ToLowerInvariant());
        if (!command.IsRead)
        {
            w.WriteBoolean("reversible", command.Effect.Reversible);
            w.WriteBoolean("async", command.IsAsync);
        }

        Optional(w, "warning", command.Effect.Warning);
    }

    private void WriteParameter(Utf8JsonWriter w, ParameterSpec parameter)
    {
        w.WriteStartObject();
        w.WriteString("name", parameter.Name);
        w.WriteString("type", TypeName(parameter));
        if (parameter.Required)
        {
            w.WriteBoolean("required", true);
        }

        if (parameter.Values.Count > 0)
        {
            w.WriteString("values", string.Join("|", parameter.Values));
        }

        if (parameter.Map is { Keys.Count: > 0 } map)
        {
            w.WriteString("keys", string.Join(", ", map.Keys) + (map.Open ? ", …" : ""));
        }

        Optional(w, "about", parameter.Explanation);
        if (parameter.AdminOnly)
        {
            w.WriteBoolean("adminOnly", true);
        }

        w.WriteEndObject();
    }

    private string TypeName(ParameterSpec parameter) => parameter.Type switch
    {
        ParameterType.Uuid => Named(parameter, "id"),
        ParameterType.List => $"list of {(parameter.ItemType == ParameterType.Uuid ? Named(parameter, "id") : parameter.ItemType.ToString().ToLowerInvariant())}",
        ParameterType.Map => parameter.Map?.Style == MapStyle.Records ? "list of objects" : "object",
        ParameterType.Integer or ParameterType.Short or ParameterType.Long => parameter.Positive ? "integer ≥ 1" : "integer",
        var type => type.ToString().ToLowerInvariant(),
    };

    private string Named(ParameterSpec parameter, string id) =>
        parameter.Entity is { } entity && catalog.FindResult(entity) is { } type
            ? type.Finder is null ? $"{type.Model} {id}" : $"{type.Model} {id} or name"
            : id;

    private void WriteResult(Utf8JsonWriter w)
    {
        if (catalog.FindResult(command.Result) is { Fields.Count: > 0 } type && command.Envelope.Shape != AnswerShape.Success)
        {
            w.WriteStartObject("result");
            w.WriteString("type", command.IsList ? $"list of {type.Model}" : type.Model);
            w.WriteString("fields", string.Join(", ", type.Fields.Select(f => f.Name)));
            w.WriteEndObject();
        }
    }

    private void WriteExample(Utf8JsonWriter w)
    {
        w.WriteStartObject("example");
        w.WriteString("tool", command.IsRead ? "cloud_read" : "cloud_change");
        w.WriteStartObject("arguments");
        w.WriteString("command", command.Name);
        var shown = command.Parameters.Where(p => p.Required)
            .Concat(command.IsRead ? command.Parameters.Where(p => p is { Required: false, Name: "name" or "keyword" or "id" }).Take(1) : [])
            .Take(Math.Max(MostExampleValues, command.Parameters.Count(p => p.Required)))
            .ToList();
        if (shown.Count > 0)
        {
            w.WriteStartObject("arguments");
            foreach (var parameter in shown)
            {
                w.WritePropertyName(parameter.Name);
                WriteExampleValue(w, parameter);
            }

            w.WriteEndObject();
        }

        w.WriteEndObject();
        w.WriteEndObject();
    }

    private void WriteExampleValue(Utf8JsonWriter w, ParameterSpec parameter)
    {
        switch (parameter.Type)
        {
            case ParameterType.Boolean:
                w.WriteBooleanValue(true);
                break;
            case ParameterType.Integer or ParameterType.Short or ParameterType.Long or ParameterType.Double:
                w.WriteNumberValue(1);
                break;
            case ParameterType.List:
                w.WriteStartArray();
                w.WriteStringValue(ExampleText(parameter));
                w.WriteEndArray();
                break;
            case ParameterType.Map:
                WriteExampleMap(w, parameter.Map);
                break;
            default:
                w.WriteStringValue(ExampleText(parameter));
                break;
        }
    }

    private static void WriteExampleMap(Utf8JsonWriter w, MapSpec? map)
    {
        var records = map?.Style == MapStyle.Records;
        if (records)
        {
            w.WriteStartArray();
        }

        w.WriteStartObject();
        foreach (var key in records ? map!.Keys : ["key"])
        {
            w.WriteString(key, "value");
        }

        w.WriteEndObject();
        if (records)
        {
            w.WriteEndArray();
        }
    }

    private string ExampleText(ParameterSpec parameter) => parameter switch
    {
        { Values.Count: > 0 } => parameter.Values[0],
        { Type: ParameterType.Date } => "2026-01-31",
        { Entity: { } entity } when catalog.FindResult(entity) is { } type => type.Finder is null ? $"<{type.Model} id>" : $"<{type.Model} name or id>",
        { Type: ParameterType.Uuid } => "<id>",
        _ => $"<{parameter.Name}>",
    };

    private static void Optional(Utf8JsonWriter w, string name, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            w.WriteString(name, text);
        }
    }
}
