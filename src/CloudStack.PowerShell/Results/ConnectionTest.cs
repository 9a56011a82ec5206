namespace CloudStack.PowerShell.Results;

/// <summary>What <c>Test-CsConnection</c> found.</summary>
/// <param name="Connection">The connection's name.</param>
/// <param name="Url">The server's address.</param>
/// <param name="Success">True where it answered and accepted the caller.</param>
/// <param name="Milliseconds">How long that took.</param>
/// <param name="Version">The version it says it is, or null.</param>
/// <param name="Problem">What was wrong, or null.</param>
public sealed record ConnectionTest(string Connection, Uri Url, bool Success, long Milliseconds, string? Version, string? Problem);
