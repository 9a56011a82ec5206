using System.Text.Json;
using Cloud.Core.Binding;
using Cloud.Core.Errors;

namespace CloudStack.Mcp.Server.Tools;

/// <summary>A tool call's own arguments, checked against the tool's rules.</summary>
internal sealed class ToolArguments
{
    private readonly Dictionary<string, JsonElement> _values;

    private ToolArguments(Dictionary<string, JsonElement> values) => _values = values;

    /// <summary>Checks a call's arguments.</summary>
    /// <param name="tool">The tool, for its name and rules.</param>
    /// <param name="given">What the client sent, or null.</param>
    /// <exception cref="CloudException"><see cref="ErrorCause.InvalidArgument"/>, naming every problem.</exception>
    public static ToolArguments Read(ToolDefinition tool, IEnumerable<KeyValuePair<string, JsonElement>>? given)
    {
        var problems = new List<string>();
        var values = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var (name, value) in given ?? [])
        {
            if (tool.Arguments.FirstOrDefault(a => a.Name == name) is not { } rule)
            {
                problems.Add(Unknown(tool, name));
            }
            else if (value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined))
            {
                if (Problem(rule, value) is { } problem)
                {
                    problems.Add($"'{rule.Name}' {problem}");
                }

                values[name] = value;
            }
        }

        problems.AddRange(tool.Arguments.Where(a => a.Required && !values.ContainsKey(a.Name)).Select(a => $"'{a.Name}' is required"));
        return problems.Count == 0
            ? new ToolArguments(values)
            : throw new CloudException(
                ErrorCause.InvalidArgument,
                $"{tool.Name}: {ProblemText.Sentence(problems)}",
                "Correct the arguments and call again; nothing was sent.")
            {
                Problems = problems,
            };
    }

    /// <summary>A text, or null where it's absent.</summary>
    public string? Text(string name) => _values.TryGetValue(name, out var value) ? value.GetString() : null;

    /// <summary>Several texts; empty where absent.</summary>
    public IReadOnlyList<string> Texts(string name) =>
        _values.TryGetValue(name, out var value) ? [.. value.EnumerateArray().Select(item => item.GetString()!)] : [];

    /// <summary>An integer, or null where it's absent.</summary>
    public long? Integer(string name) => _values.TryGetValue(name, out var value) ? value.GetInt64() : null;

    /// <summary>The members of an object; empty where absent.</summary>
    public IReadOnlyDictionary<string, object?> Members(string name)
    {
        var members = new Dictionary<string, object?>(StringComparer.Ordinal);
        if (_values.TryGetValue(name, out var value))
        {
            foreach (var member in value.EnumerateObject())
            {
                members[member.Name] = member.Value;
            }
        }

        return members;
    }

    private static string? Problem(ArgumentRule rule, JsonElement value) => rule.Kind switch
    {
        ArgumentKind.Text when value.ValueKind != JsonValueKind.String => "must be a text",
        ArgumentKind.Text when value.GetString()!.Length > ArgumentRule.LongestText =>
            $"must not be longer than {ArgumentRule.LongestText} characters",
        ArgumentKind.Text when rule.Required && string.IsNullOrWhiteSpace(value.GetString()) => "must not be empty",
        ArgumentKind.Texts when value.ValueKind != JsonValueKind.Array
            || value.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.String) => "must be an array of texts",
        ArgumentKind.Texts when value.GetArrayLength() > ArgumentRule.MostTexts =>
            $"must not have more than {ArgumentRule.MostTexts} items",
        ArgumentKind.Integer when value.ValueKind != JsonValueKind.Number || !value.TryGetInt64(out var number)
            || number < rule.Least || number > rule.Most => $"must be an integer from {rule.Least} to {rule.Most}",
        ArgumentKind.Object when value.ValueKind != JsonValueKind.Object => "must be an object",
        _ => null,
    };

    private static string Unknown(ToolDefinition tool, string name)
    {
        var shown = name.Length > 80 ? name[..80] + "…" : name;
        return Spelling.Closest(name, tool.Arguments.Select(a => a.Name)) is { } closest
            ? $"there is no argument '{shown}'; did you mean '{closest}'?"
            : $"there is no argument '{shown}'; there are {string.Join(", ", tool.Arguments.Select(a => a.Name))}";
    }
}
