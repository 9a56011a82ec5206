using System.Security.Cryptography;
using System.Text;

namespace CloudStack.Mcp.Authentication;

/// <summary>
/// A key for one caller. It has 256 random bits, so that nobody finds it by trying and its plain hash is enough: slow hashes
/// are for what people choose.
/// </summary>
internal static class ApiKey
{
    /// <summary>How every key begins, so that scanners for leaked secrets know it.</summary>
    public const string Prefix = "csmcp_";

    private const string HashPrefix = "sha256:";
    private const int RandomBytes = 32;

    /// <summary>Makes a key.</summary>
    public static string New() => Prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(RandomBytes));

    /// <summary>The hash that is kept in a key's place.</summary>
    /// <param name="key">The key.</param>
    public static string Hash(string key) => HashPrefix + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    /// <summary>Reads a hash.</summary>
    /// <param name="text">The text that <see cref="Hash"/> made.</param>
    /// <returns>Its bytes, or null where it's none.</returns>
    public static byte[]? ReadHash(string text)
    {
        if (!text.StartsWith(HashPrefix, StringComparison.Ordinal) || text.Length != HashPrefix.Length + (SHA256.HashSizeInBytes * 2))
        {
            return null;
        }

        var bytes = new byte[SHA256.HashSizeInBytes];
        return Convert.FromHexString(text.AsSpan(HashPrefix.Length), bytes, out _, out var written) == System.Buffers.OperationStatus.Done
            && written == bytes.Length ? bytes : null;
    }
}
