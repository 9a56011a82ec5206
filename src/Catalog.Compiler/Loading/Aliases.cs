using Catalog.Compiler.Diagnostics;
using Catalog.Compiler.Emitting;
using Catalog.Compiler.Json;

namespace Catalog.Compiler.Loading;

/// <summary>A tool name that another CloudStack server uses.</summary>
/// <param name="Name">The name.</param>
/// <param name="Commands">The command of the same meaning, or, where <paramref name="IsExact"/> is false, what comes near.</param>
/// <param name="IsExact">True where calling the one command is what the name promises.</param>
internal sealed record ToolAlias(string Name, IReadOnlyList<string> Commands, bool IsExact);

/// <summary>The file <c>aliases.json</c>: tool names of other servers and the commands they stand for.</summary>
internal static class Aliases
{
    public static IReadOnlyList<ToolAlias> Load(string folder, ApiFacts facts, ErrorLog errors)
    {
        if (Entries.ParseObject(folder, "aliases.json", errors) is not { } root)
        {
            return [];
        }

        root.AllowOnly("exact", "near");
        var tools = ToolNames(facts);
        var aliases = new SortedDictionary<string, ToolAlias>(StringComparer.Ordinal);
        foreach (var section in new[] { root.RequiredObject("exact"), root.RequiredObject("near") })
        {
            foreach (var member in section?.Members ?? [])
            {
                var isExact = section == root.Find("exact")!.Value;
                var alias = new ToolAlias(member.Name, isExact ? [section!.RequiredText(member.Name)] : section!.Texts(member.Name), isExact);
                Check(member, alias, facts, tools);
                if (!aliases.TryAdd(alias.Name, alias))
                {
                    member.Report(ErrorCode.Duplicate, $"The alias '{alias.Name}' is both exact and near.");
                }
            }
        }

        return [.. aliases.Values];
    }

    private static HashSet<string> ToolNames(ApiFacts facts)
    {
        var tools = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, node) in facts.Commands)
        {
            if (!tools.Add(ToolName.Of(name)))
            {
                node.Report(ErrorCode.Duplicate, $"Another command has the tool name '{ToolName.Of(name)}' already.");
            }
        }

        return tools;
    }

    private static void Check(Member member, ToolAlias alias, ApiFacts facts, HashSet<string> tools)
    {
        if (tools.Contains(alias.Name))
        {
            member.Report(ErrorCode.Alias, $"'{alias.Name}' is a tool's own name.");
        }

        if (alias.Commands.Count == 0)
        {
            member.Report(ErrorCode.Alias, $"'{alias.Name}' names no command.");
        }

        foreach (var command in alias.Commands.Where(c => c.Length > 0 && !facts.Commands.ContainsKey(c)))
        {
            member.Report(ErrorCode.Unknown, $"The facts have no command '{command}'.");
        }
    }
}
