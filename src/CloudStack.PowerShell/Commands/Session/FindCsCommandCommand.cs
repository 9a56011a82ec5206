using System.Management.Automation;
using Cloud.Core.Catalog;
using CloudStack.Client;
using CloudStack.PowerShell.Results;

namespace CloudStack.PowerShell.Commands;

/// <summary>Finds the cmdlet for a task by words, API name or category. Works without a connection.</summary>
[Cmdlet(VerbsCommon.Find, "CsCommand")]
[OutputType(typeof(FoundCommand))]
public sealed class FindCsCommandCommand : PSCmdlet
{
    /// <summary>Words that must all occur in the names, the category or the description; wildcards match whole names.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromRemainingArguments = true)]
    public string[] Text { get; set; } = [];

    /// <summary>The category; wildcards are allowed.</summary>
    [Parameter]
    [SupportsWildcards]
    public string? Category { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var words = Text.SelectMany(text => text.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToArray();
        var category = Category is null ? null : new WildcardPattern(Category, WildcardOptions.IgnoreCase);
        var found = CloudStackCatalog.Load().Commands
            .Where(command => category is null || category.IsMatch(command.Category))
            .Select(command => (Command: command, Rank: Rank(command, words)))
            .Where(match => match.Rank is not null)
            .OrderBy(match => match.Rank)
            .ThenBy(match => match.Command.Cmdlet ?? match.Command.Name, StringComparer.Ordinal);
        foreach (var (command, _) in found)
        {
            WriteObject(new FoundCommand(command.Cmdlet, command.Name, command.Category, command.Effect.Effect, command.Synopsis));
        }
    }

    /// <summary>Ranks a match: 0 where every word is in a name, 1 where some are only in the words around it, null for none.</summary>
    private static int? Rank(CommandSpec command, string[] words)
    {
        var names = $"{command.Cmdlet} {command.Name}";
        var around = $"{command.Category} {command.Synopsis}";
        var rank = 0;
        foreach (var word in words)
        {
            if (WildcardPattern.ContainsWildcardCharacters(word))
            {
                var pattern = new WildcardPattern(word, WildcardOptions.IgnoreCase);
                if (!pattern.IsMatch(command.Name) && !pattern.IsMatch(command.Cmdlet ?? ""))
                {
                    return null;
                }
            }
            else if (!names.Contains(word, StringComparison.OrdinalIgnoreCase))
            {
                if (!around.Contains(word, StringComparison.OrdinalIgnoreCase))
                {
                    return null;
                }

                rank = 1;
            }
        }

        return rank;
    }
}
