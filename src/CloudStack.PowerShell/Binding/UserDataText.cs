using System.Text;
using System.Text.Unicode;
using Cloud.Core.Catalog;

namespace CloudStack.PowerShell.Binding;

/// <summary>Data for a machine's start: the server wants it in base64, and people have a file's text at hand.</summary>
internal static class UserDataText
{
    private const string Name = "userdata";
    private const int ShortestEncoded = 8;

    /// <summary>Tells whether a parameter takes such data.</summary>
    public static bool IsTaken(ParameterSpec parameter) => parameter is { Name: Name, Type: ParameterType.String };

    /// <summary>Encodes a text; one that is encoded already stays as it is.</summary>
    /// <param name="text">The text.</param>
    public static string Encode(string text) =>
        text.Length == 0 || IsEncoded(text.Trim()) ? text.Trim() : Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    // A script has blanks or line ends, which base64 hasn't; a single word that happens to be base64 decodes to no text.
    private static bool IsEncoded(string text)
    {
        var bytes = new byte[(text.Length * 3 / 4) + 3];
        return text.Length >= ShortestEncoded && text.Length % 4 == 0 && !text.Any(char.IsWhiteSpace)
            && Convert.TryFromBase64String(text, bytes, out var length)
            && (IsCompressed(bytes) || Utf8.IsValid(bytes.AsSpan(0, length)));
    }

    private static bool IsCompressed(byte[] bytes) => bytes is [0x1f, 0x8b, ..];
}
