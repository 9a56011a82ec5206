namespace CloudStack.Simulator.Commands;

/// <summary>The parts of a command's name: <c>createFirewallRule</c> is the verb <c>create</c> and the noun <c>FirewallRule</c>.</summary>
internal static class Words
{
    public static string Verb(string command)
    {
        var end = 0;
        while (end < command.Length && !char.IsAsciiLetterUpper(command[end]))
        {
            end++;
        }

        return command[..end];
    }

    public static string Noun(string command) => command[Verb(command).Length..];
}
