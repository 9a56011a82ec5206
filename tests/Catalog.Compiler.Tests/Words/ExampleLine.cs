namespace Catalog.Compiler.Tests.Words;

/// <summary>One argument as written: a parameter with or without a value, or a value alone.</summary>
/// <param name="Name">The parameter's name without its dash, or null for a value by position.</param>
/// <param name="Value">The value, or null where none follows the parameter.</param>
internal sealed record ExampleArgument(string? Name, string? Value);

/// <summary>One command of an example's pipeline.</summary>
/// <param name="Command">The command's name.</param>
/// <param name="Arguments">Its arguments in their order.</param>
internal sealed record ExampleStage(string Command, IReadOnlyList<ExampleArgument> Arguments);

/// <summary>
/// Reads an example's line as far as examples go: one pipeline of commands with named or positional arguments, in which
/// quotes, brackets and braces keep together what they enclose.
/// </summary>
internal static class ExampleLine
{
    private const string Opening = "({[";
    private const string Closing = ")}]";

    /// <summary>Reads a line.</summary>
    /// <exception cref="FormatException">A quote or bracket isn't closed, or a command is missing.</exception>
    public static IReadOnlyList<ExampleStage> Parse(string line) =>
        [.. Split(line, '|').Select(stage => ReadStage(Split(stage, ' ')))];

    private static ExampleStage ReadStage(IReadOnlyList<string> words)
    {
        if (words.Count == 0 || !char.IsLetter(words[0][0]))
        {
            throw new FormatException("a command is missing");
        }

        var arguments = new List<ExampleArgument>();
        foreach (var word in words.Skip(1))
        {
            if (word is ['-', var first, ..] && char.IsLetter(first))
            {
                var parts = word[1..].Split(':', 2);
                arguments.Add(new ExampleArgument(parts[0], parts.Length == 2 ? parts[1] : null));
            }
            else if (arguments is [.., { Name: { } name, Value: null }])
            {
                arguments[^1] = new ExampleArgument(name, word);
            }
            else
            {
                arguments.Add(new ExampleArgument(null, word));
            }
        }

        return new ExampleStage(words[0], arguments);
    }

    /// <summary>Splits a text at a character wherever it stands outside of quotes and brackets.</summary>
    /// <param name="text">The text.</param>
    /// <param name="separator">The character; empty parts are left out.</param>
    public static IReadOnlyList<string> Split(string text, char separator)
    {
        var parts = new List<string>();
        var open = new Stack<char>();
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (open.TryPeek(out var end) && c == end)
            {
                open.Pop();
            }
            else if (end is '\'' or '"')
            {
                // Whatever stands in quotes is text.
            }
            else if (c is '\'' or '"')
            {
                open.Push(c);
            }
            else if (Opening.Contains(c, StringComparison.Ordinal))
            {
                open.Push(Closing[Opening.IndexOf(c, StringComparison.Ordinal)]);
            }
            else if (Closing.Contains(c, StringComparison.Ordinal))
            {
                throw new FormatException($"'{c}' closes nothing");
            }
            else if (c == separator && open.Count == 0)
            {
                Add(parts, text[start..i]);
                start = i + 1;
            }
        }

        if (open.Count > 0)
        {
            throw new FormatException($"'{open.Peek()}' is missing");
        }

        Add(parts, text[start..]);
        return parts;
    }

    private static void Add(List<string> parts, string part)
    {
        if (part.Trim() is { Length: > 0 } trimmed)
        {
            parts.Add(trimmed);
        }
    }
}
