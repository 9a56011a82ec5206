using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace CloudStack.Simulator.Identity;

/// <summary>Time-based one-time passwords (RFC 6238) as the server uses them: HMAC-SHA1, six digits, 30 seconds.</summary>
internal static class Totp
{
    private const int Digits = 6;
    private const int Modulus = 1_000_000;
    private static readonly long Step = (long)TimeSpan.FromSeconds(30).TotalSeconds;

    /// <summary>The code of a moment.</summary>
    /// <param name="key">The key in Base32.</param>
    /// <param name="time">The moment.</param>
    public static string CodeAt(string key, DateTimeOffset time) => CodeOf(Base32.Decode(key), time.ToUnixTimeSeconds() / Step);

    /// <summary>True for the code of a moment, and of the steps beside it: clocks differ, and people type slowly.</summary>
    public static bool Accepts(string key, string code, DateTimeOffset time)
    {
        var secret = Base32.Decode(key);
        var now = time.ToUnixTimeSeconds() / Step;
        return Enumerable.Range(-1, 3).Any(beside => CodeOf(secret, now + beside) == code);
    }

    private static string CodeOf(byte[] secret, long counter)
    {
        Span<byte> message = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(message, counter);
        Span<byte> mac = stackalloc byte[HMACSHA1.HashSizeInBytes];
#pragma warning disable CA5350 // The standard's default, which authenticator apps expect.
        HMACSHA1.HashData(secret, message, mac);
#pragma warning restore CA5350
        var at = mac[^1] & 15;
        var number = BinaryPrimitives.ReadInt32BigEndian(mac[at..]) & int.MaxValue;
        return (number % Modulus).ToString(CultureInfo.InvariantCulture).PadLeft(Digits, '0');
    }
}
