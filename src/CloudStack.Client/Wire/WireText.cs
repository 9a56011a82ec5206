using System.Globalization;

namespace CloudStack.Client.Wire;

/// <summary>What a server refuses in any value (protocol note, section 1).</summary>
internal static class WireText
{
    /// <summary>Checks a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="allowLineEnds">True where line feed and carriage return may stand.</param>
    /// <returns>The rest of a sentence that starts with the parameter's name, or null where the text can be sent.</returns>
    public static string? Problem(string text, bool allowLineEnds)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is < ' ' or '\u007f' && !(allowLineEnds && c is '\n' or '\r'))
            {
                return string.Create(CultureInfo.InvariantCulture, $"holds the control character U+{(int)c:X4} at position {i}, which the server refuses.");
            }

            if (char.IsSurrogate(c) && !(i + 1 < text.Length && char.IsSurrogatePair(c, text[++i])))
            {
                return string.Create(CultureInfo.InvariantCulture, $"isn't valid Unicode: half a surrogate pair at position {i}.");
            }
        }

        return null;
    }
}
