using System.Text;
using Cloud.Core.Security;

namespace CloudStack.Client.Answers;

/// <summary>Makes text from a server fit to show: bounded, without characters that steer a screen, without the secrets that were sent.</summary>
internal static class SafeText
{
    private const int MaxLength = 2000;

    public static string Of(string text, IEnumerable<string> secrets)
    {
        text = Redaction.Text(text, secrets);
        var clean = new StringBuilder(Math.Min(text.Length, MaxLength));
        foreach (var c in text)
        {
            if (clean.Length == MaxLength)
            {
                return clean.Append('…').ToString();
            }

            clean.Append(IsHostile(c) ? ' ' : c);
        }

        return clean.ToString().Trim();
    }

    // Control characters, and the marks that turn the direction of what follows them.
    private static bool IsHostile(char c) => char.IsControl(c) || c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
