namespace CloudStack.Mcp.Server.Results.Filters;

/// <summary>Patterns with <c>*</c> for any text and <c>?</c> for one character, in time proportional to both lengths.</summary>
internal static class Wildcard
{
    /// <summary>Tells whether a text fits a pattern, ignoring case.</summary>
    /// <param name="text">The text.</param>
    /// <param name="pattern">The pattern.</param>
    public static bool Matches(ReadOnlySpan<char> text, ReadOnlySpan<char> pattern)
    {
        int at = 0, p = 0, star = -1, resume = 0;
        while (at < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                (star, resume) = (p++, at);
            }
            else if (p < pattern.Length && (pattern[p] == '?' || char.ToUpperInvariant(pattern[p]) == char.ToUpperInvariant(text[at])))
            {
                (at, p) = (at + 1, p + 1);
            }
            else if (star >= 0)
            {
                // The last star takes one character more; earlier ones need never be looked at again.
                (at, p) = (++resume, star + 1);
            }
            else
            {
                return false;
            }
        }

        return pattern[p..].TrimStart('*').IsEmpty;
    }
}
