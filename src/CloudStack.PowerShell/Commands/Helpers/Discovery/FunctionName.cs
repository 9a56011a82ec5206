namespace CloudStack.PowerShell.Commands.Helpers.Discovery;

/// <summary>Names functions after commands in PowerShell's way: an approved verb, and a noun that no other module's commands have.</summary>
internal static class FunctionName
{
    private static readonly Dictionary<string, string> Verbs = new(StringComparer.Ordinal)
    {
        ["list"] = "Get", ["get"] = "Get", ["query"] = "Get", ["find"] = "Find", ["create"] = "New", ["add"] = "Add", ["delete"] = "Remove",
        ["destroy"] = "Remove", ["remove"] = "Remove", ["update"] = "Update", ["enable"] = "Enable", ["disable"] = "Disable",
        ["start"] = "Start", ["stop"] = "Stop", ["restart"] = "Restart", ["reboot"] = "Restart", ["register"] = "Register",
        ["unregister"] = "Unregister", ["import"] = "Import", ["reset"] = "Reset", ["restore"] = "Restore", ["copy"] = "Copy",
    };

    /// <summary>Gives the names to try, the best first.</summary>
    /// <param name="command">The command, a word of letters and digits.</param>
    public static IEnumerable<string> Of(string command)
    {
        var verb = new string([.. command.TakeWhile(char.IsAsciiLetterLower)]);
        if (verb.Length < command.Length && Verbs.TryGetValue(verb, out var approved))
        {
            var noun = command[verb.Length..];
            yield return $"{approved}-Cs{Capital(verb == "list" ? Singular(noun) : noun)}";
        }

        yield return $"Invoke-Cs{Capital(command)}";
    }

    private static string Singular(string noun) =>
        noun.EndsWith("ies", StringComparison.Ordinal) ? noun[..^3] + "y"
        : noun.EndsWith('s') && !noun.EndsWith("ss", StringComparison.Ordinal) && noun.Length > 1 ? noun[..^1]
        : noun;

    private static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];
}
