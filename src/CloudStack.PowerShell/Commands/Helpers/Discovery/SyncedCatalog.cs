namespace CloudStack.PowerShell.Results;

/// <summary>What <c>Sync-CsCatalog</c> found out about a server.</summary>
/// <param name="Connection">The connection's name.</param>
/// <param name="Listed">How many commands the server lists for this caller.</param>
/// <param name="Added">The functions that were made for commands which the catalog doesn't know.</param>
/// <param name="LeftOut">How many listed commands got no function, because their names are no plain words or taken.</param>
/// <param name="Unavailable">The cmdlets whose command the server doesn't list for this caller: the role may not call it, or the server doesn't have it.</param>
public sealed record SyncedCatalog(
    string Connection, int Listed, IReadOnlyList<string> Added, int LeftOut, IReadOnlyList<string> Unavailable);
