using System.Globalization;
using System.Text;
using System.Text.Json;
using Cloud.Core.Catalog;
using Cloud.Core.Security;

namespace CloudStack.Mcp.Server.Results;

/// <summary>
/// Writes the cmdlet call that does the same as a tool call, to be read by people and pasted into a shell. Every value
/// from outside stands in single quotes, so that none can become code.
/// </summary>
internal static class PowerShellLine
{
    /// <summary>Writes the line.</summary>
    /// <param name="command">The command.</param>
    /// <param name="arguments">The arguments as they were given.</param>
    public static string For(CommandSpec command, IReadOnlyDictionary<string, object?> arguments)
    {
        var line = new StringBuilder();
        if (command.Cmdlet is { } cmdlet)
        {
            line.Append(cmdlet);
            foreach (var (parameter, value) in Known(command, arguments))
            {
                line.Append(" -").Append(parameter.Label).Append(' ').Append(Argument(parameter, value));
            }
        }
        else
        {
            line.Append("Invoke-CsApi ").Append(Quoted(command.Name));
            var members = Known(command, arguments).Select(a => $"{Quoted(a.Parameter.Name)} = {Argument(a.Parameter, a.Value)}").ToList();
            if (members.Count > 0)
            {
                line.Append(" @{ ").AppendJoin("; ", members).Append(" }");
            }
        }

        return line.ToString();
    }

    private static IEnumerable<(ParameterSpec Parameter, JsonElement Value)> Known(
        CommandSpec command, IReadOnlyDictionary<string, object?> arguments) =>
        from argument in arguments
        let parameter = command.FindParameter(argument.Key)
        where parameter is not null
        let value = ToJson(argument.Value)
        where value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined)
        select (parameter, value);

    private static JsonElement ToJson(object? value) => value switch
    {
        JsonElement json => json,
        null => default,
        _ => JsonElement.Parse($"\"{JsonEncodedText.Encode(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "")}\""),
    };

    private static string Argument(ParameterSpec parameter, JsonElement value)
    {
        if (Redaction.IsSecret(parameter))
        {
            return "(Read-Host -AsSecureString)";
        }

        return parameter.Type switch
        {
            ParameterType.List when value.ValueKind == JsonValueKind.String =>
                string.Join(",", value.GetString()!.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Quoted)),
            ParameterType.Boolean when value.ValueKind == JsonValueKind.String && bool.TryParse(value.GetString(), out var flag) =>
                flag ? "$true" : "$false",
            _ => Value(value),
        };
    }

    private static string Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => "$true",
        JsonValueKind.False => "$false",
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.String => Quoted(value.GetString()!),
        JsonValueKind.Array when value.EnumerateArray().Any(item => item.ValueKind == JsonValueKind.Object) =>
            "@(" + string.Join(", ", value.EnumerateArray().Select(Value)) + ")",
        JsonValueKind.Array => string.Join(",", value.EnumerateArray().Select(Value)),
        JsonValueKind.Object => "@{ " + string.Join("; ", value.EnumerateObject().Select(m =>
            $"{Quoted(m.Name)} = {(m.Value.ValueKind == JsonValueKind.String && Redaction.IsSecretName(m.Name) ? Quoted(Redaction.Mask) : Value(m.Value))}")) + " }",
        _ => "$null",
    };

    // PowerShell takes the typographic quotes for single quotes too; each is doubled.
    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("'");
        foreach (var c in CleanText.Of(text))
        {
            quoted.Append(c);
            if (c is '\'' or '\u2018' or '\u2019' or '\u201A' or '\u201B')
            {
                quoted.Append(c);
            }
        }

        return quoted.Append('\'').ToString();
    }
}
