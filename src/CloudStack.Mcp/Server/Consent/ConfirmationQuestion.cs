namespace CloudStack.Mcp.Server.Consent;

/// <summary>What a person is asked.</summary>
/// <param name="Message">What would happen, to what, in a few lines without invisible characters.</param>
/// <param name="TypedText">What has to be typed to agree, or null where a yes is enough.</param>
/// <param name="State">The sealed state that has to come back with the answer.</param>
internal sealed record ConfirmationQuestion(string Message, string? TypedText, string State);
