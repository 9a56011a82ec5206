using System.CommandLine;
using System.Globalization;
using Cloud.Core.Catalog;
using CloudStack.Mcp.Server.Manifest;
using Spectre.Console;
using CloudStackCatalog = CloudStack.Client.CloudStackCatalog;

namespace CloudStack.Mcp.CommandLine;

/// <summary><c>tools</c>: every command with its tool, cmdlet, effect and category. It needs no connection.</summary>
internal static class ToolsCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var filter = new Argument<string?>("filter")
        {
            Description = "Only names with this text.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var effect = new Option<Effect?>("--effect") { Description = "Only this effect." };
        var category = new Option<string?>("--category") { Description = "Only this category.", HelpName = "name" };
        var json = new Option<bool>("--json") { Description = "Write a JSON array." };
        var command = new Command("tools", "List the commands that can be called.") { filter, effect, category, json };
        command.SetAction(result =>
        {
            var found = Find(result.GetValue(filter), result.GetValue(effect), result.GetValue(category));
            if (result.GetValue(json))
            {
                WriteJson(found);
            }
            else
            {
                WriteTable(found);
            }

            return 0;
        });
        return command;
    }

    private static List<(ManifestTool Tool, CommandSpec Command)> Find(string? filter, Effect? effect, string? category)
    {
        var catalog = CloudStackCatalog.Load();
        var found =
            from tool in new ToolManifest().Tools
            let command = catalog.FindCommand(tool.Command)!
            where effect is null || command.Effect.Effect == effect
            where category is null || string.Equals(command.Category, category, StringComparison.OrdinalIgnoreCase)
                || string.Equals(tool.Toolset, category, StringComparison.OrdinalIgnoreCase)
            where filter is null || new[] { tool.Name, tool.Command, tool.Title ?? "" }.Any(n => n.Contains(filter, StringComparison.OrdinalIgnoreCase))
            select (tool, command);
        return [.. found];
    }

    private static void WriteTable(List<(ManifestTool Tool, CommandSpec Command)> found)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("command", "cmdlet", "effect", "category");
        foreach (var (_, command) in found)
        {
            table.AddRow(
                new Text(command.Name),
                new Text(command.Cmdlet ?? ""),
                new Text(command.Effect.Effect.ToString().ToLowerInvariant(), Colour(command.Effect.Effect)),
                new Text(command.Category));
        }

        var console = Terminal.Open();
        console.Write(table);
        console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{found.Count} in all"));
    }

    private static Style Colour(Effect effect) => new(effect switch
    {
        Effect.Read => Color.Green,
        Effect.Change => Color.Default,
        Effect.Disrupt => Color.Yellow,
        _ => Color.Red,
    });

    private static void WriteJson(List<(ManifestTool Tool, CommandSpec Command)> found) => JsonOutput.Write(
        w =>
        {
            w.WriteStartArray();
            foreach (var (tool, command) in found)
            {
                w.WriteStartObject();
                w.WriteString("command", command.Name);
                w.WriteString("cmdlet", command.Cmdlet);
                w.WriteString("tool", tool.Name);
                w.WriteString("toolset", tool.Toolset);
                w.WriteString("effect", command.Effect.Effect.ToString().ToLowerInvariant());
                w.WriteString("category", command.Category);
                w.WriteBoolean("async", command.IsAsync);
                w.WriteEndObject();
            }

            w.WriteEndArray();
        },
        indented: false);
}
