using System.Text.Json;

namespace CloudStack.Mcp.Server.Consent;

/// <summary>What a person answered to a <see cref="ConfirmationQuestion"/>.</summary>
/// <param name="State">The question's state, as the client sent it back.</param>
/// <param name="IsAccepted">True where the person accepted the form, whatever stands in it.</param>
/// <param name="Content">What the person filled in, or null.</param>
internal sealed record PersonReply(string State, bool IsAccepted, IDictionary<string, JsonElement>? Content)
{
    /// <summary>True where the person said yes, or typed exactly what had to be typed.</summary>
    /// <param name="typedText">What had to be typed, or null where a yes is enough.</param>
    public bool Agrees(string? typedText) => IsAccepted && Content is not null && (typedText is null
        ? Content.TryGetValue(ConfirmationForm.YesField, out var yes) && yes.ValueKind == JsonValueKind.True
        : Content.TryGetValue(ConfirmationForm.NameField, out var typed)
            && typed.ValueKind == JsonValueKind.String && typed.ValueEquals(typedText));
}
