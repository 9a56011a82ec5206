namespace Cloud.Core.Binding;

/// <summary>Finds the name that a misspelt one probably meant.</summary>
public static class Spelling
{
    private const int LongestCompared = 64;

    /// <summary>Finds the closest of some names.</summary>
    /// <param name="written">What was written.</param>
    /// <param name="names">The names it may have meant.</param>
    /// <returns>The closest name within a third of its length in edits, or null.</returns>
    public static string? Closest(string written, IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(written);
        ArgumentNullException.ThrowIfNull(names);
        if (written.Length > LongestCompared)
        {
            return null;
        }

        string? best = null;
        var bestDistance = int.MaxValue;
        foreach (var name in names)
        {
            var distance = Distance(written, name);
            if (distance < bestDistance && distance <= Math.Max(1, Math.Min(written.Length, name.Length) / 3))
            {
                (best, bestDistance) = (name, distance);
            }
        }

        return best;
    }

    /// <summary>Counts the edits between two words, ignoring case; a swap of neighbours counts as one.</summary>
    /// <remarks>This is the optimal string alignment distance. Words that are too long to compare are as far apart as can be.</remarks>
    internal static int Distance(string a, string b)
    {
        if (b.Length > LongestCompared)
        {
            return int.MaxValue;
        }

        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            rows[i, 0] = i;
        }

        for (var j = 0; j <= b.Length; j++)
        {
            rows[0, j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = Same(a[i - 1], b[j - 1]) ? 0 : 1;
                rows[i, j] = Math.Min(Math.Min(rows[i - 1, j] + 1, rows[i, j - 1] + 1), rows[i - 1, j - 1] + cost);
                if (i > 1 && j > 1 && Same(a[i - 1], b[j - 2]) && Same(a[i - 2], b[j - 1]))
                {
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
                }
            }
        }

        return rows[a.Length, b.Length];
    }

    private static bool Same(char a, char b) => char.ToLowerInvariant(a) == char.ToLowerInvariant(b);
}
