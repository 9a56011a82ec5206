using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CloudStack.Client.Tests.Support;

/// <summary>Verifies a signature as the server does (protocol note, section 2.1), written apart from the client's signer.</summary>
internal static class ServerRule
{
    private const string Unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-*_";

    public static bool Accepts(SentRequest request, string secretKey, DateTimeOffset now) =>
        request.Parameters.TryGetValue("signature", out var signature)
        && request.Parameters.GetValueOrDefault("signatureversion") == "3"
        && DateTimeOffset.TryParseExact(
            request.Parameters.GetValueOrDefault("expires"), "yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture, DateTimeStyles.None, out var expires)
        && expires >= now && expires <= now.AddMinutes(15)
        && signature == Sign(request.Parameters, secretKey);

    public static string Sign(IReadOnlyDictionary<string, string> parameters, string secretKey)
    {
        var names = parameters.Keys.Where(name => !name.Equals("signature", StringComparison.OrdinalIgnoreCase)).ToArray();
        Array.Sort(names, StringComparer.Ordinal);
        var text = string.Join("&", names.Select(name => name + "=" + Encode(parameters[name]))).ToLowerInvariant();
#pragma warning disable CA5350 // The server's algorithm.
        using var mac = new HMACSHA1(Encoding.UTF8.GetBytes(secretKey));
#pragma warning restore CA5350
        return Convert.ToBase64String(mac.ComputeHash(Encoding.UTF8.GetBytes(text)));
    }

    private static string Encode(string value) => string.Concat(Encoding.UTF8.GetBytes(value).Select(
        b => Unreserved.Contains((char)b) ? ((char)b).ToString() : "%" + b.ToString("X2", CultureInfo.InvariantCulture)));
}
