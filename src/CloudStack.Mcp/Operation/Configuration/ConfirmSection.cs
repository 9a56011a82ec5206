using Cloud.Core.Confirmations;
using CloudStack.Mcp.Server.Consent;

namespace CloudStack.Mcp.Operation.Configuration;

/// <summary>Reads <c>confirm</c>: a mode per effect, how long tokens are good, and the key that seals them.</summary>
internal static class ConfirmSection
{
    private static readonly TimeSpan Usual = TimeSpan.FromMinutes(5);

    private static readonly string[] Effects = ["change", "disrupt", "destroy", "critical"];

    public static (ConfirmationPolicy Policy, TimeSpan Lifetime, byte[]? Key) Read(ConfigSection root)
    {
        if (root.Section("confirm") is not { } section)
        {
            return (ConfirmationPolicy.Default, Usual, null);
        }

        var choices = Effects
            .Select(effect => (Effect: effect, Mode: section.Text(effect))).Where(choice => choice.Mode is not null)
            .Select(choice => $"{choice.Effect}={choice.Mode}").ToList();
        var policy = section.Try("", () => ConfirmationPolicy.Parse(choices)) ?? ConfirmationPolicy.Default;
        var lifetime = section.Number("tokenSeconds", 10, 3600) is { } seconds ? TimeSpan.FromSeconds(seconds) : Usual;
        var key = Key(section);
        section.Close();
        return (policy, lifetime, key);
    }

    private static byte[]? Key(ConfigSection section)
    {
        if (section.Secret("key") is not { } text)
        {
            return null;
        }

        var bytes = new byte[text.Length];
        if (Convert.TryFromBase64String(text, bytes, out var length) && length == ConfirmationTokens.KeyLength)
        {
            return bytes[..length];
        }

        section.Problem("key", $"must refer to {ConfirmationTokens.KeyLength} random bytes in Base64, as 'openssl rand -base64 {ConfirmationTokens.KeyLength}' prints them");
        return null;
    }
}
