using System.Text;

namespace CloudStack.PowerShell.Commands.Helpers.Discovery;

/// <summary>
/// Writes the function for a listed command. What the server names stands in it in three places only: names, which are
/// words of letters and digits; the command's name in quotes, a word too; and help, a comment that nothing in it can end.
/// </summary>
internal static class FunctionScript
{
    /// <summary>What tells these functions from others of the same name.</summary>
    public const string Mark = "# Made by Sync-CsCatalog from the server's own listing.";

    private static readonly HashSet<string> Taken = new(StringComparer.OrdinalIgnoreCase)
    {
        // Parameters that the function has already.
        "Connection", "Force", "NoWait", "Verbose", "Debug", "ErrorAction", "WarningAction", "InformationAction", "ProgressAction",
        "ErrorVariable", "WarningVariable", "InformationVariable", "OutVariable", "OutBuffer", "PipelineVariable", "WhatIf", "Confirm",
        "vb", "db", "ea", "wa", "infa", "proga", "ev", "wv", "iv", "ov", "ob", "pv", "wi", "cf",
        // Variables that the engine sets or keeps.
        "args", "input", "this", "null", "true", "false", "host", "pid", "home", "error", "executioncontext", "shellid", "matches", "event",
        "eventargs", "sender", "foreach", "switch", "myinvocation", "pwd", "profile", "lastexitcode", "nestedpromptlevel", "stacktrace",
        "iswindows", "islinux", "ismacos", "iscoreclr", "consolefilename", "enabledexperimentalfeatures", "ofs", "maximumhistorycount",
    };

    /// <summary>Writes the function's body.</summary>
    public static string Write(ListedCommand command)
    {
        var names = command.Parameters.ToDictionary(parameter => parameter, VariableOf);
        var script = new StringBuilder();
        WriteHelp(script, command, names);
        script.AppendLine(Mark)
            .AppendLine("[CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High')]")
            .AppendLine("param(");
        foreach (var (parameter, name) in names.OrderByDescending(pair => pair.Key.Required))
        {
            script.Append(parameter.Required ? "    [Parameter(Mandatory)] " : "    ").Append(TypeOf(parameter)).Append(" $").Append(name).AppendLine(",");
        }

        return script.Append($$"""
                [object[]] $Connection,
                [switch] $Force,
                [switch] $NoWait
            )
            process {
                # A scope of its own: the variables of this one belong to the parameters.
                & {
                    $call = @{ Command = '{{command.Name}}'; Arguments = @{} }
                    foreach ($bound in $args[0].GetEnumerator()) {
                        if ($bound.Key -in 'Connection', 'Force', 'NoWait') { $call[$bound.Key] = $bound.Value }
                        elseif ($args[1].ContainsKey($bound.Key)) { $call.Arguments[$args[1][$bound.Key]] = $bound.Value }
                    }
                    Invoke-CsApi @call
                } $PSBoundParameters @{ {{string.Join("; ", names.Select(pair => $"{pair.Value} = '{pair.Key.Name}'"))}} }
            }
            """).ToString();
    }

    private static void WriteHelp(StringBuilder script, ListedCommand command, Dictionary<ListedParameter, string> names)
    {
        script.AppendLine("<#").AppendLine(".SYNOPSIS").Append("    ").AppendLine(Comment(command.Description))
            .AppendLine(".DESCRIPTION")
            .AppendLine("    Calls a command that this module's catalog doesn't know. The explanations here are the server's own.");
        foreach (var (parameter, name) in names)
        {
            script.Append(".PARAMETER ").AppendLine(name).Append("    ").AppendLine(Comment(parameter.Description));
        }

        script.AppendLine(".PARAMETER Connection").AppendLine("    The connection to use; without it, the default.")
            .AppendLine(".PARAMETER Force").AppendLine("    Answers every confirmation with yes.")
            .AppendLine(".PARAMETER NoWait").AppendLine("    Returns the job at once instead of waiting for its end.")
            .AppendLine("#>");
    }

    // Without this sign a comment can't end; a word in front keeps a line from being taken for a keyword of help.
    private static string Comment(string text) =>
        text.Length == 0 ? "The server says nothing about it." : $"The server says: {text.Replace("#", "", StringComparison.Ordinal)}";

    private static string VariableOf(ListedParameter parameter) =>
        Taken.Contains(parameter.Name) || parameter.Name.StartsWith("ps", StringComparison.OrdinalIgnoreCase) ? parameter.Name + "Value" : parameter.Name;

    private static string TypeOf(ListedParameter parameter) =>
        parameter.Name.Contains("password", StringComparison.OrdinalIgnoreCase) || parameter.Name.Contains("secret", StringComparison.OrdinalIgnoreCase)
            ? "[securestring]"
            : parameter.Type switch
            {
                "boolean" => "[System.Nullable[bool]]",
                "integer" or "short" or "long" => "[System.Nullable[long]]",
                "float" or "double" => "[System.Nullable[double]]",
                "date" or "tzdate" => "[System.Nullable[datetime]]",
                "list" or "set" => "[string[]]",
                "map" => "[hashtable]",
                _ => "[string]",
            };
}
