using Cloud.Core.Errors;

namespace CloudStack.PowerShell.Commands;

/// <summary>The sections of an ini file: <c>[name]</c> and then <c>key = value</c>, line by line.</summary>
internal static class IniSections
{
    private const int LargestFile = 1 << 20;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The sections in their order, with their values by key.</returns>
    /// <exception cref="CloudException"><see cref="ErrorCause.Local"/>: it can't be read or is too large.</exception>
    public static IReadOnlyList<(string Name, IReadOnlyDictionary<string, string> Values)> Read(string path)
    {
        try
        {
            return new FileInfo(path).Length <= LargestFile
                ? Parse(File.ReadLines(path))
                : throw new CloudException(ErrorCause.Local, $"The file '{path}' is larger than 1 MiB.", "Check that it's the right file.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CloudException(ErrorCause.Local, $"The file '{path}' can't be read: {error.Message}", "Check the path and its permissions.");
        }
    }

    /// <summary>Reads lines; those that are neither a section nor a value are skipped.</summary>
    /// <param name="lines">The lines.</param>
    internal static IReadOnlyList<(string Name, IReadOnlyDictionary<string, string> Values)> Parse(IEnumerable<string> lines)
    {
        var sections = new List<(string, IReadOnlyDictionary<string, string>)>();
        Dictionary<string, string>? current = null;
        foreach (var line in lines.Select(line => line.Trim()))
        {
            if (line is ['[', .. var name, ']'])
            {
                current = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
                sections.Add((name.Trim(), current));
            }
            else if (current is not null && line.Length > 0 && line[0] is not ('#' or ';') && line.Split('=', 2) is [var key, var value])
            {
                current[key.Trim()] = value.Trim().Trim('"');
            }
        }

        return sections;
    }
}
