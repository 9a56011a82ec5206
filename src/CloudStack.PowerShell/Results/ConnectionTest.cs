namespace CloudStack.PowerShell.Results;

/// <summary>What <c>Test-CsConnection</c> found.</summary>
/// <param name="Connection">The connection's name, or the profile's or server's.</param>
/// <param name="Url">The server's address.</param>
/// <param name="Success">True where no check failed.</param>
/// <param name="Milliseconds">How long the checks took.</param>
/// <param name="Problem">What the first failed check found, or null.</param>
/// <param name="Checks">Everything that was checked, in order.</param>
public sealed record ConnectionTest(
    string Connection, Uri Url, bool Success, long Milliseconds, string? Problem, IReadOnlyList<ConnectionCheck> Checks);

/// <summary>One thing that <c>Test-CsConnection</c> checked.</summary>
/// <param name="Check">What was checked, in one word.</param>
/// <param name="Result"><c>Ok</c>, <c>Warn</c>, <c>Fail</c> or <c>Skipped</c>.</param>
/// <param name="Detail">What was found.</param>
/// <param name="Next">What to do next; empty where there is nothing to do.</param>
public sealed record ConnectionCheck(string Check, string Result, string Detail, string Next);
