using System.Text;

namespace CloudStack.Client.Answers;

/// <summary>Makes text from a server fit to show: bounded, without control characters, without the secrets that were sent.</summary>
internal static class SafeText
{
    private const int MaxLength = 2000;

    // Shorter values would blot out ordinary words of a message.
    private const int ShortestSecret = 3;

    public static string Of(string text, IEnumerable<string> secrets)
    {
        foreach (var secret in secrets)
        {
            if (secret.Length >= ShortestSecret)
            {
                text = text.Replace(secret, "***", StringComparison.Ordinal);
            }
        }

        var clean = new StringBuilder(Math.Min(text.Length, MaxLength));
        foreach (var c in text)
        {
            if (clean.Length == MaxLength)
            {
                return clean.Append('…').ToString();
            }

            clean.Append(char.IsControl(c) ? ' ' : c);
        }

        return clean.ToString().Trim();
    }
}
