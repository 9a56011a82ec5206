using System.Globalization;

namespace CloudStack.PowerShell.Results;

/// <summary>How the module's views show values. What a server wrote can't move the cursor, colour the screen or end a line.</summary>
public static class Shown
{
    private const int LongestText = 1000;
    private const char Replacement = '\uFFFD';
    private const string Plain = "\u001b[0m";

    private static readonly string[] Units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

    private static readonly HashSet<string> Well = new(StringComparer.OrdinalIgnoreCase)
    {
        "Running", "Up", "Enabled", "Ready", "Active", "Implemented", "Allocated", "Connected", "BackedUp", "Completed", "Managed", "On",
        "Download Complete",
    };

    private static readonly HashSet<string> Ill = new(StringComparer.OrdinalIgnoreCase)
    {
        "Error", "Failed", "Down", "Alert", "Destroyed", "Expunging", "Expunged", "Degraded", "Locked", "Unrecoverable",
    };

    /// <summary>Shows a text: control characters are replaced, and what is very long is cut.</summary>
    /// <param name="value">The text, or null.</param>
    public static string? Text(object? value)
    {
        if (value?.ToString() is not { } text)
        {
            return null;
        }

        var cut = text.Length > LongestText ? text[..LongestText] + "…" : text;
        return cut.Any(IsHostile) ? string.Concat(cut.Select(c => IsHostile(c) ? Replacement : c)) : cut;
    }

    /// <summary>Shows a state: green where all is well, red where it isn't, yellow on the way. A host that can't, shows it plain.</summary>
    /// <param name="value">The state, or null.</param>
    public static string? State(object? value)
    {
        var text = Text(value);
        var colour = text is null ? null
            : Well.Contains(text) ? "\u001b[32m"
            : Ill.Contains(text) ? "\u001b[31m"
            : text.EndsWith("ing", StringComparison.Ordinal) ? "\u001b[33m"
            : null;
        return colour is null ? text : colour + text + Plain;
    }

    /// <summary>Shows a size in the unit that suits it.</summary>
    /// <param name="value">The number, or null.</param>
    /// <param name="unit">What it counts: <c>bytes</c>, <c>mib</c> or <c>gib</c>.</param>
    public static string? Size(object? value, string unit)
    {
        if (!double.TryParse(Convert.ToString(value, CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture, out var size))
        {
            return null;
        }

        var at = unit switch { "mib" => 2, "gib" => 3, _ => 0 };
        while (Math.Abs(size) >= 1024 && at < Units.Length - 1)
        {
            size /= 1024;
            at++;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{size:0.#} {Units[at]}");
    }

    /// <summary>Shows an amount of what a cloud can run out of.</summary>
    /// <param name="value">The number, or null.</param>
    /// <param name="kind">What it counts, such as <c>MEMORY</c> (bytes), <c>CPU</c> (MHz) or <c>VLAN</c> (pieces).</param>
    public static string? Capacity(object? value, string? kind) =>
        kind == "MEMORY" || kind?.Contains("STORAGE", StringComparison.Ordinal) == true ? Size(value, "bytes")
        : kind == "CPU" && value is not null ? string.Create(CultureInfo.InvariantCulture, $"{value} MHz")
        : Text(value);

    // Control characters, and the marks that turn the direction of what follows them.
    private static bool IsHostile(char c) => char.IsControl(c) || c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
