using Cloud.Core.Catalog;
using Cloud.Core.Search;

namespace Cloud.Core.Tests.Search;

/// <summary>The search, on an invented harbour.</summary>
public sealed class SearchIndexTests
{
    private static readonly SearchLanguage Language = new(
        ["the", "a", "please", "what"],
        new Dictionary<string, IReadOnlyList<string>>
        {
            ["boat"] = ["ship", "ferry"],
            ["craft"] = ["ferry", "basin"],
            ["tie up"] = ["moor"],
            ["what"] = ["list"],
        });

    private static readonly SearchIndex Index = new(SearchIndexWriter.Write(
        [
            Document("listShips", "Get-HbShip", "Show the ships in the harbour."),
            Document("moorShip", "Lock-HbShip", "Fasten a ship to a berth."),
            Document("listFerries", "Get-HbFerry", "Show the ferries and when they leave."),
            Document("sinkShip", "Remove-HbShip", "Send a ship to the ground.", alsoCalled: "scuttle drown"),
            Document("dredgeBasin", "Clear-HbBasin", "Dig mud out of a basin.", weight: 0.5),
            Document("drainBasin", "Clear-HbDock", "Pump water out of a basin.", weight: 1),
        ],
        Language));

    [Theory]
    [InlineData("moor", "moorShip")]
    [InlineData("mooring the ships", "moorShip")]
    [InlineData("fasten", "moorShip")]
    [InlineData("tie up a ship", "moorShip")]
    [InlineData("scuttle", "sinkShip")]
    [InlineData("get-hbferry", "listFerries")]
    [InlineData("LISTSHIPS", "listShips")]
    [InlineData("list_ships", "listShips")]
    public void Words_stems_sayings_and_names_find_a_command(string question, string command) =>
        Assert.Equal(command, Index.Find(question)[0].Command);

    [Theory]
    [InlineData("frery", "listFerries")]
    [InlineData("dreged", "dredgeBasin")]
    [InlineData("mor ships", "moorShip")]
    [InlineData("scutt", "sinkShip")]
    public void A_misspelt_word_or_one_cut_short_finds_what_was_meant_or_what_else_is_said(string question, string command) =>
        Assert.Contains(Index.Find(question).Take(2), match => match.Command == command);

    [Fact]
    public void A_saying_may_mean_several_things_the_likeliest_first()
    {
        var found = Index.Find("craft").Select(match => match.Command);

        Assert.Equal(["listFerries", "drainBasin", "dredgeBasin"], found);
    }

    [Fact]
    public void A_word_that_says_nothing_by_itself_may_still_mean_something() =>
        Assert.All(Index.Find("what ships").Take(1), match => Assert.Equal("listShips", match.Command));

    [Fact]
    public void What_is_seldom_meant_comes_after_what_fits_as_well() =>
        Assert.Equal(["drainBasin", "dredgeBasin"], Index.Find("basin").Select(match => match.Command));

    [Fact]
    public void The_name_of_an_object_is_no_word_of_the_question() =>
        Assert.Equal(Index.Find("moor ship"), Index.Find("moor ship basin-07 192.0.2.1"));

    [Theory]
    [InlineData("")]
    [InlineData("the a please")]
    [InlineData("zeppelin")]
    public void What_says_nothing_finds_nothing(string question) => Assert.Empty(Index.Find(question));

    [Fact]
    public void An_index_of_nothing_finds_nothing() =>
        Assert.Empty(new SearchIndex(SearchIndexWriter.Write([], Language)).Find("boat"));

    private static SearchDocument Document(string name, string cmdlet, string synopsis, string alsoCalled = "", double weight = 1) => new(
        new CommandSpec
        {
            Name = name,
            Cmdlet = cmdlet,
            Category = "Harbour",
            Effect = new EffectSpec { Effect = Effect.Change },
            Envelope = new EnvelopeSpec(name, null, AnswerShape.Success),
            Result = "Ship",
            Synopsis = synopsis,
        },
        alsoCalled,
        weight);
}
