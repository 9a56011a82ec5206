namespace Cloud.Core.Confirmations;

/// <summary>Base64 in the alphabet that needs no escaping in JSON or URLs, without padding.</summary>
internal static class Base64UrlText
{
    public static string Encode(byte[] bytes) =>
        Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    /// <summary>Decodes canonical text only: each byte sequence has exactly one spelling, so a used token can't come back respelt.</summary>
    public static byte[]? Decode(string text)
    {
        var padded = text.Replace('-', '+').Replace('_', '/').PadRight((text.Length + 3) / 4 * 4, '=');
        var bytes = new byte[padded.Length / 4 * 3];
        return Convert.TryFromBase64String(padded, bytes, out var length) && Encode(bytes[..length]) == text
            ? bytes[..length]
            : null;
    }
}
