using System.Text.Json;
using Cloud.Core.Objects;
using CloudStack.Mcp.Server.Calls;
using CloudStack.Mcp.Server.Results;
using CloudStack.Mcp.Server.Tools;

namespace CloudStack.Mcp.Server.Resources;

/// <summary>Finds the names or ids that begin with a text. Like <see cref="ResourceTool"/> it's a tool that isn't listed.</summary>
/// <param name="parts">What the tools work with.</param>
/// <param name="calls">Runs commands.</param>
internal sealed class CompletionTool(ServerParts parts, CommandCalls calls) : ITool
{
    /// <summary>The tool's name.</summary>
    public const string Name = "completion/complete";

    /// <summary>The kind that stands for connections.</summary>
    public const string CloudKind = "cloud";

    /// <summary>The most values, as the protocol has it.</summary>
    public const int MostValues = 100;

    // Enough for a name to be found by its beginning; who has more types another letter.
    private const int MostRows = 500;
    private const int LongestValue = 200;

    private readonly EntityKinds _kinds = new(() => parts.Catalog);

    /// <inheritdoc/>
    public ToolDefinition Definition { get; } = new(
        Name, "Complete a value", "", [.. ResourceTool.CloudRules, new ArgumentRule("value", ArgumentKind.Text)], EffectHints.ReadOnly);

    /// <inheritdoc/>
    public async Task<ToolAnswer> CallAsync(
        IEnumerable<KeyValuePair<string, JsonElement>>? given, IToolCaller caller, CancellationToken cancellationToken)
    {
        var arguments = ToolArguments.Read(Definition, given);
        var (kind, value) = (arguments.Text("kind")!, arguments.Text("value") ?? "");
        if (kind == CloudKind)
        {
            return Write([parts.Profile], value);
        }

        return _kinds.Find(kind) is { } entity ? Write(await NamesAsync(entity, value, caller, cancellationToken), value) : Write([], value);
    }

    /// <summary>Answers with the texts that begin as what is typed.</summary>
    /// <param name="texts">The texts to choose from.</param>
    /// <param name="value">What is typed so far.</param>
    public static ToolAnswer Write(IReadOnlyList<string> texts, string value)
    {
        var fitting = texts
            // A value that would come back altered or cut would name something else.
            .Where(t => t.Length <= LongestValue && CleanText.Line(t, LongestValue) == t && t.StartsWith(value, StringComparison.OrdinalIgnoreCase))
            .Distinct(StringComparer.Ordinal).Order(StringComparer.OrdinalIgnoreCase).ToList();
        return AnswerBuffer.Write(w =>
        {
            w.WriteNumber("total", fitting.Count);
            w.WriteStartArray("values");
            foreach (var text in fitting.Take(MostValues))
            {
                w.WriteStringValue(text);
            }

            w.WriteEndArray();
        });
    }

    private async Task<IReadOnlyList<string>> NamesAsync(EntityKind entity, string value, IToolCaller caller, CancellationToken cancellationToken)
    {
        var command = calls.Find(entity.Finder.Command);
        var given = entity.Finder.Arguments.ToDictionary(a => a.Key, a => (object?)a.Value, StringComparer.OrdinalIgnoreCase);
        var isId = value.Length >= 4 && value.All(c => char.IsAsciiHexDigit(c) || c == '-');
        if (value.Length > 0 && !isId && command.FindParameter("keyword") is not null)
        {
            given["keyword"] = value;
        }

        var read = new ReadRequest(command, given, [], 0, MostRows);
        var (sieve, _) = await calls.ReadRowsAsync(read, rows: null, caller, cancellationToken);
        return [.. sieve.Rows.SelectMany(row => Texts(entity, row, isId))];
    }

    private static IEnumerable<string> Texts(EntityKind entity, CloudObject row, bool isId) =>
        new[] { row.GetText(entity.Finder.NameField), isId ? row.GetText("id") : null }.OfType<string>();
}
