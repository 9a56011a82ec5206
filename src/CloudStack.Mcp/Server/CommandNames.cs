using Cloud.Core.Catalog;

namespace CloudStack.Mcp.Server;

/// <summary>The names a command goes by: its API name, its cmdlet, and its tool name in snake case.</summary>
internal static class CommandNames
{
    /// <summary>Finds a command by any of its names, ignoring case.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="name">The name.</param>
    /// <returns>The command, or null where none has that name.</returns>
    public static CommandSpec? Find(CommandCatalog catalog, string name) =>
        catalog.FindCommand(name)
        ?? (name.Contains('_', StringComparison.Ordinal) ? catalog.FindCommand(name.Replace("_", "", StringComparison.Ordinal)) : null)
        ?? (name.Contains('-', StringComparison.Ordinal) ? catalog.FindByCmdlet(name) : null);
}
