using System.Globalization;
using System.Text;

namespace CloudStack.Mcp.Server.Results;

/// <summary>
/// Takes out of a cloud's texts what a person can't see but a model reads: control characters, direction marks,
/// zero-width and tag characters, variation selectors, fillers. Names in a cloud are data of whoever created them.
/// </summary>
internal static class CleanText
{
    /// <summary>Cleans a text.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The same instance where there was nothing to take out.</returns>
    public static string Of(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!IsPlain(text[i]))
            {
                return Strip(text, i);
            }
        }

        return text;
    }

    /// <summary>Cleans a text and puts it on one line of at most some length.</summary>
    /// <param name="text">The text.</param>
    /// <param name="longest">The length in UTF-16 units.</param>
    public static string Line(string text, int longest)
    {
        var line = Of(text).ReplaceLineEndings(" ").Replace('\t', ' ');
        return line.Length <= longest ? line : string.Concat(line.AsSpan(0, longest - 1), "…");
    }

    // Most texts are printable ASCII: one comparison each.
    private static bool IsPlain(char c) => c is >= ' ' and <= '~' or '\n' or '\t';

    private static string Strip(string text, int from)
    {
        var clean = new StringBuilder(text, 0, from, text.Length);
        foreach (var rune in text.AsSpan(from).EnumerateRunes())
        {
            // An unpaired surrogate enumerates as the replacement character, which is kept as the visible sign of damage.
            if (Keep(rune))
            {
                clean.Append(rune.ToString());
            }
            else if (rune.Value is 0x2028 or 0x2029)
            {
                clean.Append('\n');
            }
        }

        return clean.ToString();
    }

    private static bool Keep(Rune rune) => rune.Value switch
    {
        '\n' or '\t' => true,
        // Variation selectors, fillers and joiners that Unicode counts as marks or letters, yet show nothing.
        >= 0xFE00 and <= 0xFE0F or >= 0xE0100 and <= 0xE01EF => false,
        0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or 0x2800 or 0x3164 or 0xFFA0 => false,
        >= 0x180B and <= 0x180F => false,
        _ => Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse
            or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned),
    };
}
