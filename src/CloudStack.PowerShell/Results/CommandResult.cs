namespace CloudStack.PowerShell.Results;

/// <summary>What <c>-PassThru</c> gives for a command whose answer is nothing but success.</summary>
/// <param name="Command">The API command.</param>
/// <param name="Target">The id or name it was told to act on; empty where it names none.</param>
/// <param name="Success">True: failures are errors.</param>
/// <param name="Text">The server's text beside the success, or null.</param>
public sealed record CommandResult(string Command, string Target, bool Success, string? Text);
