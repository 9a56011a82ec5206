using System.Buffers;
using System.Management.Automation;
using Cloud.Core.Catalog;
using CloudStack.Client;
using CloudStack.PowerShell.Completion;
using CloudStack.PowerShell.Results;

namespace CloudStack.PowerShell.Commands;

/// <summary>Finds the cmdlet for a task by plain words, API name or category. Works without a connection.</summary>
[Cmdlet(VerbsCommon.Find, "CsCommand")]
[OutputType(typeof(FoundCommand))]
public sealed class FindCsCommandCommand : PSCmdlet
{
    // What fits much worse than the best match is noise to a person who asked for a cmdlet.
    private const double LeastShare = 0.4;
    private const int MostShown = 20;

    // A question mark ends a question.
    private static readonly SearchValues<char> PatternMarks = SearchValues.Create("*[");

    /// <summary>A few words or a question, the best match first; with wildcards, a pattern that names match.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromRemainingArguments = true)]
    [SupportsWildcards]
    public string[] Text { get; set; } = [];

    /// <summary>The category; wildcards are allowed.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(CategoryCompleter))]
    public string? Category { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var question = string.Join(' ', Text);
        var category = Category is null ? null : new WildcardPattern(Category, WildcardOptions.IgnoreCase);
        var catalog = CloudStackCatalog.Load();
        var found = string.IsNullOrWhiteSpace(question) || question.AsSpan().ContainsAny(PatternMarks)
            ? Named(catalog, question)
            : Ranked(catalog, question);
        foreach (var command in found.Where(command => category is null || category.IsMatch(command.Category)))
        {
            WriteObject(new FoundCommand(command.Cmdlet, command.Name, command.Category, command.Effect.Effect, command.Synopsis));
        }
    }

    private static IEnumerable<CommandSpec> Ranked(CommandCatalog catalog, string question)
    {
        var matches = CloudStackCatalog.OpenSearch().Find(question);
        return matches
            .TakeWhile(match => match.Score >= matches[0].Score * LeastShare)
            .Take(MostShown)
            .Select(match => catalog.FindCommand(match.Command)!);
    }

    private static IEnumerable<CommandSpec> Named(CommandCatalog catalog, string text)
    {
        var patterns = text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(word => new WildcardPattern(word.AsSpan().ContainsAny(PatternMarks) ? word : $"*{word}*", WildcardOptions.IgnoreCase))
            .ToList();
        return catalog.Commands
            .Where(command => patterns.TrueForAll(p => p.IsMatch(command.Name) || p.IsMatch(command.Cmdlet ?? "")))
            .OrderBy(command => command.Cmdlet ?? command.Name, StringComparer.Ordinal);
    }
}
