using System.Text.RegularExpressions;
using Cloud.Core.Catalog;

namespace Catalog.Compiler.Tests.Words;

/// <summary>The words say something, say it once, and say it in whole American sentences.</summary>
public sealed partial class WordRuleTests
{
    private static readonly CompiledCatalog Catalog = CloudStackData.Catalog;

    // What a synopsis may add to a name without having said anything.
    private static readonly HashSet<string> Empty = new(StringComparer.Ordinal)
    {
        "a", "an", "the", "of", "for", "in", "to", "from", "and", "or", "all", "one", "new", "existing", "given", "specified",
        "cloudstack", "cloud", "create", "list", "update", "delete", "remove", "add", "change", "get", "show",
    };

    public static TheoryData<string> BritishForms =>
    [
        "colour", "behaviour", "favour", "honour", "labour", "neighbour", "centre", "metre", "theatre", "licence", "defence", "offence",
        "organis", "authoris", "initialis", "synchronis", "recognis", "optimis", "minimis", "maximis", "normalis", "serialis",
        "virtualis", "customis", "summaris", "utilis", "analyse", "catalogue", "dialogue", @"programme\b", "grey", "cancelled", "cancelling",
        "labelled", "labelling", "modelled", "travell", "fulfil ", "whilst", "amongst", "learnt", "spelt", "burnt", "towards", "cheque",
        "artefact", "enrol ", "instal ", "skilful", "judgement", "acknowledgement", "ageing", "sceptic", "storey", "tyre", "aluminium",
    ];

    [Fact]
    public void A_synopsis_is_one_imperative_sentence_of_at_most_120_characters() => Assert.All(Catalog.Commands, command =>
    {
        Assert.InRange(command.Synopsis.Length, 20, 120);
        Assert.Matches(@"^[A-Z][^.!?]*(\.\w[^.!?]*)*\.$", command.Synopsis);
        Assert.DoesNotMatch(@"^\w+[^su]s ", command.Synopsis);
    });

    [Fact]
    public void A_synopsis_says_more_than_the_name() => Assert.All(
        Catalog.Commands, command => Assert.NotEmpty(Added(command.Synopsis, command)));

    [Fact]
    public void A_description_is_two_to_five_sentences_that_say_more_than_the_name() => Assert.All(Catalog.Commands, command =>
    {
        Assert.InRange(SentenceEnd.Count(command.Description), 2, 5);
        Assert.InRange(command.Description.Length, 60, 900);
        Assert.EndsWith(".", command.Description, StringComparison.Ordinal);
        Assert.InRange(Added(command.Description, command).Count, 5, int.MaxValue);
    });

    [Fact]
    public void No_two_commands_are_explained_alike()
    {
        Assert.Distinct(Catalog.Commands.Select(c => Letters(c.Synopsis)));
        Assert.Distinct(Catalog.Commands.Select(c => Letters(c.Description)));
    }

    [Fact]
    public void No_sentence_serves_many_descriptions()
    {
        var repeated = Catalog.Commands
            .SelectMany(c => SentenceEnd.Split(c.Description).Select(Letters).Where(s => s.Length > 60))
            .GroupBy(sentence => sentence)
            .Where(group => group.Count() > 3);

        Assert.Empty(repeated.Select(group => group.Key));
    }

    [Fact]
    public void Every_parameter_is_explained_in_a_short_sentence() => Assert.All(Catalog.Commands, command =>
        Assert.All(command.Parameters, p => Assert.Matches(@"^[^\s].{3,238}\.$", p.Explanation)));

    [Fact]
    public void Every_field_is_explained_in_a_short_sentence() => Assert.All(Catalog.Results, result =>
        Assert.All(result.Fields, f => Assert.Matches(@"^[^\s].{3,238}\.$", Catalog.Words.Field(f.Name))));

    [Theory]
    [InlineData("{{")]
    [InlineData("TO" + "DO")]
    [InlineData("FIX" + "ME")]
    [InlineData("lorem")]
    [InlineData("This cmdlet")]
    [InlineData("This command")]
    [InlineData("This API")]
    [InlineData("Fill in")]
    public void Nothing_is_left_of_a_template(string text) => Assert.DoesNotContain(
        Texts(), words => words.Text.Contains(text, StringComparison.OrdinalIgnoreCase));

    [Theory]
    [MemberData(nameof(BritishForms))]
    public void Spelling_is_American(string form) => Assert.Empty(
        Texts().Where(words => Regex.IsMatch(words.Text, $@"\b{form}", RegexOptions.IgnoreCase)).Select(words => words.ToString()));

    [Fact]
    public void There_are_no_double_blanks_and_no_blanks_at_the_ends() => Assert.DoesNotContain(
        Texts(), words => words.Text.Trim() != words.Text || words.Text.Contains("  ", StringComparison.Ordinal));

    [Fact]
    public void A_command_named_in_a_text_exists()
    {
        var known = Catalog.Commands.Select(c => c.Name).ToHashSet(StringComparer.Ordinal);

        Assert.Empty(Texts()
            .SelectMany(words => CommandName.Matches(words.Text).Select(m => (words.Where, Name: m.Value)))
            .Where(named => !known.Contains(named.Name))
            .Select(named => $"{named.Where}: {named.Name}"));
    }

    [Fact]
    public void Every_command_leads_to_others_and_none_to_itself() => Assert.All(Catalog.Commands, command =>
    {
        Assert.InRange(command.Related.Count, 1, 5);
        Assert.Distinct(command.Related);
        Assert.DoesNotContain(command.Name, command.Related);
    });

    private static IEnumerable<(string Where, string Text)> Texts() => Catalog.Commands
        .SelectMany(c => c.Parameters.Select(p => ($"{c.Name}.{p.Name}", p.Explanation))
            .Append((c.Name, c.Synopsis))
            .Append((c.Name, c.Description))
            .Append((c.Name, c.Effect.Warning))
            .Concat(Catalog.Words.Of(c.Name).Examples.Select(e => (c.Name, e.Title))))
        .Concat(Catalog.Results.SelectMany(r => r.Fields).DistinctBy(f => f.Name).Select(f => (f.Name, Catalog.Words.Field(f.Name))));

    private static List<string> Added(string text, CommandSpec command)
    {
        var name = Word.Matches($"{command.Name} {command.Cmdlet}").Select(m => Stem(m.Value)).ToHashSet(StringComparer.Ordinal);
        return [.. Word.Matches(text).Select(m => Stem(m.Value)).Where(word => !name.Contains(word) && !Empty.Contains(word)).Distinct()];
    }

    private static string Stem(string word) => word.ToLowerInvariant().TrimEnd('s');

    private static string Letters(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToUpperInvariant();

    [GeneratedRegex(@"(?<=[.!?])(?:\s+(?=[A-Z`])|$)")]
    private static partial Regex SentenceEnd { get; }

    [GeneratedRegex(@"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")]
    private static partial Regex Word { get; }

    [GeneratedRegex(@"\b(list|create|delete|update|add|remove|get|start|stop|reboot|enable|disable|register|attach|detach|assign|query|reset|restore|configure|release|associate|disassociate|deploy|destroy|expunge|recover|migrate|scale|resize|upload|extract|copy|prepare|find|issue|provision|revoke|change|archive|generate|dedicate|move|lock|link|import|export|sync|run|activate|suspend|mark|unmark|move|patch|restart|replace|revert|upgrade|authorize|verify|validate|setup|quota)[A-Z]\w*")]
    private static partial Regex CommandName { get; }
}
