using System.Text;
using System.Text.RegularExpressions;

namespace CloudStack.PowerShell.Commands.Helpers.Transfers;

/// <summary>Names files after objects of a cloud, whose names may be anything.</summary>
internal static partial class ImageFileName
{
    private const int Longest = 100;

    private static readonly string[] Extensions =
        [".qcow2", ".vhd", ".vhdx", ".vmdk", ".ova", ".iso", ".img", ".raw", ".tar", ".gz", ".bz2", ".xz", ".zip"];

    // Refused on every system, so that a folder can move from one to another.
    private static readonly char[] Refused = ['<', '>', ':', '"', '/', '\\', '|', '?', '*', '`', '$', '[', ']'];

    /// <summary>Gives a plain file name.</summary>
    /// <param name="name">The object's name.</param>
    /// <param name="url">Where the file comes from; only a known extension is taken from it.</param>
    /// <param name="format">The object's format, or null.</param>
    public static string Of(string name, Uri url, string? format)
    {
        var clean = new StringBuilder();
        foreach (var c in ShownText.Of(name, Longest))
        {
            clean.Append(Refused.Contains(c) ? '_' : c);
        }

        var stem = clean.ToString().Trim(' ', '.', '…');
        return $"{(stem.Length == 0 || Device().IsMatch(stem) ? $"{stem}_image" : stem)}{ExtensionOf(url, format)}";
    }

    private static string ExtensionOf(Uri url, string? format)
    {
        var last = url.AbsolutePath[(url.AbsolutePath.LastIndexOf('/') + 1)..];
        var outer = Known(Path.GetExtension(last));
        var inner = outer is null ? null : Known(Path.GetExtension(Path.GetFileNameWithoutExtension(last)));
        return outer is not null ? inner + outer : Known("." + format) ?? ".img";
    }

    private static string? Known(string extension) =>
        Array.Find(Extensions, known => known.Equals(extension, StringComparison.OrdinalIgnoreCase));

    // On Windows such a name is a device, whatever follows after a dot.
    [GeneratedRegex(@"^(CON|PRN|AUX|NUL|COM\d|LPT\d)(\.|$)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Device();
}
