using System.Text.Json;
using Cloud.Core.Binding;
using Cloud.Core.Errors;
using CloudStack.Mcp.Server.Calls;
using CloudStack.Mcp.Server.Results;

namespace CloudStack.Mcp.Server.Tools;

/// <summary>Finds commands by what they do.</summary>
/// <param name="parts">What the tools work with.</param>
internal sealed class CloudSearchTool(ServerParts parts) : ITool
{
    private const int DefaultLimit = 10;

    /// <inheritdoc/>
    public ToolDefinition Definition { get; } = new(
        "cloud_search",
        "Find a command",
        $"Find {parts.Vocabulary.Product} API commands by what they do. Start here when you don't know a command's name.",
        [
            new ArgumentRule("query", ArgumentKind.Text, "A few words, such as: resize volume") { Required = true },
            new ArgumentRule("category", ArgumentKind.Text, "Only this category, such as Network"),
            new ArgumentRule("limit", ArgumentKind.Integer) { Least = 1, Most = 50, Default = DefaultLimit },
        ],
        EffectHints.ReadOnly);

    /// <inheritdoc/>
    public async Task<ToolAnswer> CallAsync(
        IEnumerable<KeyValuePair<string, JsonElement>>? given, IToolCaller caller, CancellationToken cancellationToken)
    {
        var arguments = ToolArguments.Read(Definition, given);
        var category = arguments.Text("category");
        CheckCategory(category);
        await parts.Role.RefreshAsync(cancellationToken);
        var limit = (int)(arguments.Integer("limit") ?? DefaultLimit);
        var found = parts.Search.Find(arguments.Text("query")!)
            .Select(match => parts.Catalog.FindCommand(match.Command)!)
            .Where(command => category is null || string.Equals(command.Category, category, StringComparison.OrdinalIgnoreCase))
            .Where(command => parts.Limit.Allows(command) && CommandCalls.IsCallable(command) && parts.Role.MayCall(command.Name))
            .Take(limit).ToList();
        return AnswerBuffer.Write(w =>
        {
            w.WriteStartArray("commands");
            foreach (var command in found)
            {
                w.WriteStartObject();
                w.WriteString("command", command.Name);
                w.WriteString("effect", command.Effect.Effect.ToString().ToLowerInvariant());
                if (command.Synopsis.Length > 0)
                {
                    w.WriteString("about", command.Synopsis);
                }
                else if (command.Cmdlet is { } cmdlet)
                {
                    w.WriteString("cmdlet", cmdlet);
                }

                w.WriteEndObject();
            }

            w.WriteEndArray();
            w.WriteString("next", found.Count > 0
                ? "cloud_describe shows a command's parameters."
                : "Nothing was found: try other words, or leave the category out.");
        });
    }

    private void CheckCategory(string? category)
    {
        if (category is null)
        {
            return;
        }

        var known = parts.Catalog.Commands.Select(c => c.Category).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (!known.Contains(category, StringComparer.OrdinalIgnoreCase))
        {
            throw new CloudException(
                ErrorCause.InvalidArgument,
                $"There is no category '{CleanText.Line(category, 80)}'.",
                Spelling.Closest(category, known) is { } closest
                    ? $"Did you mean {closest}?"
                    : "The categories are: " + string.Join(", ", known.Order(StringComparer.OrdinalIgnoreCase)) + ".");
        }
    }
}
