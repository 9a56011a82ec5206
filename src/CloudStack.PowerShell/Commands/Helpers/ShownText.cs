using System.Text;

namespace CloudStack.PowerShell.Commands.Helpers;

/// <summary>Text from a server, fit for a terminal's line: without control characters and not endless.</summary>
internal static class ShownText
{
    /// <summary>Gives the text on one line.</summary>
    /// <param name="text">The text.</param>
    /// <param name="longest">How many characters are kept.</param>
    public static string Of(string? text, int longest)
    {
        var shown = new StringBuilder();
        foreach (var c in text ?? "")
        {
            if (shown.Length == longest)
            {
                return shown.Append('…').ToString();
            }

            shown.Append(char.IsControl(c) || char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.Format ? ' ' : c);
        }

        return shown.ToString().Trim();
    }
}
