using System.Text.Json;
using CloudStack.Mcp.Server.Results;

namespace CloudStack.Mcp.Server.Prompts;

/// <summary>An argument of a runbook.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">The kind of object that it names, for completion; empty where it names none.</param>
/// <param name="Required">True where the runbook makes no sense without it.</param>
/// <param name="Meaning">What it means.</param>
internal sealed record RunbookArgument(string Name, string Kind, bool Required, string Meaning);

/// <summary>A task of an administrator, told step by step in the server's own tools.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Title">Its name for people.</param>
/// <param name="Description">What it's for, in one sentence.</param>
/// <param name="Arguments">What it's told with.</param>
/// <param name="Text">The steps, with arguments as <c>{name}</c>.</param>
internal sealed record Runbook(string Name, string Title, string Description, IReadOnlyList<RunbookArgument> Arguments, string Text)
{
    private const int LongestValue = 200;

    /// <summary>Reads a runbook: lines of <c>key: value</c>, an empty line, and the steps.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="page">The page.</param>
    public static Runbook Read(string name, string page)
    {
        var halves = page.ReplaceLineEndings("\n").Split("\n\n", 2);
        var lines = halves[0].Split('\n').Select(line => line.Split(':', 2, StringSplitOptions.TrimEntries)).ToList();
        var arguments = lines.Where(line => line[0] == "argument").Select(line => line[1].Split('|', StringSplitOptions.TrimEntries));
        return new Runbook(
            name,
            lines.Single(line => line[0] == "title")[1],
            lines.Single(line => line[0] == "description")[1],
            [.. arguments.Select(a => new RunbookArgument(a[0], a[1], a[2] == "required", a[3]))],
            halves[1].Trim());
    }

    /// <summary>Writes the steps for certain arguments. A step about an argument that isn't given is left out.</summary>
    /// <param name="given">The arguments.</param>
    public string Write(IReadOnlyDictionary<string, string> given)
    {
        var lines = new List<string>();
        foreach (var line in Text.Split('\n'))
        {
            if (!Arguments.Any(a => Stands(line, a.Name) && !given.ContainsKey(a.Name)))
            {
                lines.Add(Arguments.Aggregate(line, (text, a) =>
                    Stands(text, a.Name) ? text.Replace($"{{{a.Name}}}", Quotable(given[a.Name]), StringComparison.Ordinal) : text));
            }
        }

        return string.Join('\n', lines);
    }

    private static bool Stands(string line, string name) => line.Contains($"{{{name}}}", StringComparison.Ordinal);

    // Values stand in the JSON of example calls, so that they must not end its texts; nor may they bring braces of their own.
    private static string Quotable(string value) => JsonEncodedText.Encode(
        CleanText.Line(value, LongestValue).Replace("{", "(", StringComparison.Ordinal).Replace("}", ")", StringComparison.Ordinal),
        System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString();
}
