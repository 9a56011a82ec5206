namespace CloudStack.Mcp.Server.Tools;

/// <summary>The tools that one client sees and calls.</summary>
internal interface IToolTable
{
    /// <summary>A page of the tools that are listed.</summary>
    /// <param name="cursor">Where the page begins, or null for the first.</param>
    /// <returns>The tools, and where the next page begins or null.</returns>
    /// <exception cref="Cloud.Core.Errors.CloudException">The cursor is none of this list.</exception>
    (IReadOnlyList<ITool> Tools, string? Next) List(string? cursor);

    /// <summary>Finds a tool by its own name, a direct tool's name, or an older server's name.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The tool, or null where there is none of that name.</returns>
    /// <exception cref="Cloud.Core.Errors.CloudException">An older name that no single command replaces, or a command that isn't let through.</exception>
    ITool? Find(string name);

    /// <summary>The closest tool name to one that isn't known, or null.</summary>
    /// <param name="name">The unknown name.</param>
    string? Suggest(string name);
}
