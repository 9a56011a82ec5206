using System.Text.Json;
using Cloud.Core.Catalog;
using CloudStack.Mcp.Server.Calls;
using CloudStack.Mcp.Server.Consent;
using CloudStack.Mcp.Server.Manifest;

namespace CloudStack.Mcp.Server.Tools;

/// <summary>
/// A tool that stands for one command. It takes the command's own arguments and, beside them, those of
/// <c>cloud_read</c> for a list and those of a confirmation for a change that may need one.
/// </summary>
/// <param name="tool">The tool as the catalog compiler wrote it.</param>
/// <param name="command">The command.</param>
/// <param name="calls">Runs commands.</param>
/// <param name="answers">Knows what it answers, where clients are told; else null.</param>
internal sealed class DirectTool(ManifestTool tool, CommandSpec command, CommandCalls calls, CommandCatalog? answers = null) : ITool
{
    private static readonly ArgumentRule Fields = new("fields", ArgumentKind.Texts);

    /// <inheritdoc/>
    public ToolDefinition Definition { get; } = new(
        tool.Name, tool.Title ?? command.Name, Describe(tool, command), ExtraRules(command), EffectHints.For(command.Effect.Effect))
    {
        CommandSchema = tool.InputSchema,
        OutputSchema = answers is null ? null : OutputSchema.Of(command, answers.FindResult(command.Result)),
    };

    /// <summary>The command it stands for.</summary>
    public CommandSpec Command => command;

    /// <inheritdoc/>
    public Task<ToolAnswer> CallAsync(
        IEnumerable<KeyValuePair<string, JsonElement>>? given, IToolCaller caller, CancellationToken cancellationToken)
    {
        var all = given?.ToList() ?? [];
        var extra = ToolArguments.Read(Definition, all.Where(a => IsExtra(a.Key)));
        var arguments = all.Where(a => !IsExtra(a.Key)).ToDictionary(a => a.Key, a => (object?)a.Value, StringComparer.Ordinal);
        if (!command.IsRead)
        {
            var offer = new ConfirmationOffer(tool.Name, extra.Text("confirm"), extra.Text("typed"));
            return calls.ChangeAsync(command, arguments, offer, caller, cancellationToken);
        }

        return calls.ReadAsync(CloudReadTool.Request(command, arguments, extra), extra.Text("cursor"), caller, cancellationToken);
    }

    private static IReadOnlyList<ArgumentRule> ExtraRules(CommandSpec command) => command switch
    {
        { IsRead: true, IsList: true } => [Fields, .. CloudReadTool.ListRules.Select(Short)],
        { IsRead: true } => [Fields],
        { Effect.Effect: >= Effect.Disrupt } => [.. CloudChangeTool.ConfirmationRules.Where(r => r.Name != "typed"
            || command.Effect.Effect == Effect.Critical).Select(Short)],
        _ => [],
    };

    // What they mean stands in the five tools; here they'd be repeated hundreds of times.
    private static ArgumentRule Short(ArgumentRule rule) => rule with { Meaning = "", IsBrief = true };

    private static string Describe(ManifestTool tool, CommandSpec command)
    {
        var text = tool.Description.Length > 0 ? tool.Description : $"Calls {command.Name}.";
        return command.Effect.Effect >= Effect.Disrupt && command.Effect.Warning.Length > 0 ? $"{text} {command.Effect.Warning}" : text;
    }

    private bool IsExtra(string name) => Definition.Arguments.Any(rule => rule.Name == name);
}
