namespace CloudStack.Mcp.Server.Tools;

/// <summary>The tools that one client sees and calls.</summary>
internal interface IToolTable
{
    /// <summary>A page of the tools that are listed.</summary>
    /// <param name="cursor">Where the page begins, or null for the first.</param>
    /// <param name="cancellationToken">Stops the wait for what the connected role may call.</param>
    /// <returns>The tools, and where the next page begins or null.</returns>
    /// <exception cref="Cloud.Core.Errors.CloudException">The cursor is none of this list.</exception>
    Task<(IReadOnlyList<ITool> Tools, string? Next)> ListAsync(string? cursor, CancellationToken cancellationToken);

    /// <summary>Finds a tool by its own name, a direct tool's name, or an older server's name.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The tool, or null where there is none of that name.</returns>
    /// <exception cref="Cloud.Core.Errors.CloudException">An older name that no single command replaces, or a command that isn't let through.</exception>
    ITool? Find(string name);

    /// <summary>Hears that a call named no tool.</summary>
    /// <param name="name">The unknown name.</param>
    /// <param name="caller">Who called.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="Cloud.Core.Errors.CloudException">The caller calls too often.</exception>
    Task MissAsync(string name, IToolCaller caller, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The names, one or two with an "or" between, that an unknown one may have meant: by its spelling, and by its words; or null.</summary>
    /// <param name="name">The unknown name.</param>
    string? Suggest(string name);

    /// <summary>True where what is listed can change while the server runs.</summary>
    bool CanChange { get; }

    /// <summary>Ends when what is listed has changed.</summary>
    /// <param name="cancellationToken">Stops the wait.</param>
    Task ChangeAsync(CancellationToken cancellationToken);
}
