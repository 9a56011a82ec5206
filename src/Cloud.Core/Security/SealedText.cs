using System.Security.Cryptography;
using System.Text;
using Cloud.Core.Confirmations;

namespace Cloud.Core.Security;

/// <summary>
/// Seals bytes into text that only holders of the key can read or make: encrypted and authenticated (AES-GCM), in the
/// alphabet that needs no escaping in JSON or URLs, with one spelling each.
/// </summary>
/// <param name="key">The key, of <see cref="KeyLength"/> random bytes.</param>
/// <param name="purpose">What the texts are for; one sealed for something else doesn't open.</param>
public sealed class SealedText(byte[] key, string purpose)
{
    /// <summary>The length of the key in bytes.</summary>
    public const int KeyLength = 32;

    /// <summary>How many characters at the beginning tell a text from all others.</summary>
    public const int NameLength = NonceLength * 4 / 3;

    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int Longest = 4096;

    private readonly byte[] _purpose = Encoding.UTF8.GetBytes(purpose);
    private readonly byte[] _key = key.Length == KeyLength
        ? [.. key]
        : throw new ArgumentException($"The key must have {KeyLength} bytes.", nameof(key));

    /// <summary>Seals bytes.</summary>
    /// <param name="content">The bytes.</param>
    /// <returns>Text of the URL-safe Base64 alphabet, another each time.</returns>
    public string Seal(ReadOnlySpan<byte> content)
    {
        var text = new byte[NonceLength + TagLength + content.Length];
        var nonce = text.AsSpan(0, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(_key, TagLength);
        cipher.Encrypt(nonce, content, text.AsSpan(NonceLength + TagLength), text.AsSpan(NonceLength, TagLength), _purpose);
        return Base64UrlText.Encode(text);
    }

    /// <summary>Opens a sealed text.</summary>
    /// <param name="text">The text, which may come from anywhere.</param>
    /// <returns>The bytes, or null where the text isn't one that was sealed with this key for this purpose.</returns>
    public byte[]? Open(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > Longest || Base64UrlText.Decode(text) is not { } bytes || bytes.Length <= NonceLength + TagLength)
        {
            return null;
        }

        var content = new byte[bytes.Length - NonceLength - TagLength];
        try
        {
            using var cipher = new AesGcm(_key, TagLength);
            cipher.Decrypt(
                bytes.AsSpan(0, NonceLength), bytes.AsSpan(NonceLength + TagLength), bytes.AsSpan(NonceLength, TagLength), content, _purpose);
            return content;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
