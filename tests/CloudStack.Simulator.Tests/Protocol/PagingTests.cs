using CloudStack.Simulator.Tests.Support;

namespace CloudStack.Simulator.Tests.Protocol;

/// <summary>Protocol note, section 6.3.</summary>
[Trait("Protocol", "6.3")]
[Trait("Protocol", "11.3")]
public sealed class PagingTests : IDisposable
{
    private const int Machines = 620;
    private readonly SimulatedCloud _cloud = new(new SimulatorOptions { MachineCount = Machines });
    private readonly SignedCaller _root;

    public PagingTests() => _root = SignedCaller.Root(_cloud);

    [Fact]
    public async Task Gives_five_hundred_rows_by_default_and_counts_all()
    {
        var reply = await ListAsync();

        Assert.Equal(Visible, reply.Count);
        Assert.Equal(500, reply.Items.Count);
    }

    [Fact]
    public async Task Gives_everything_for_a_page_size_of_minus_one() =>
        Assert.Equal(Visible, (await ListAsync(("pagesize", "-1"))).Items.Count);

    [Fact]
    public async Task Gives_each_row_once_over_all_pages()
    {
        var seen = new List<string>();
        for (var page = 1; page <= 7; page++)
        {
            seen.AddRange((await ListAsync(("page", $"{page}"), ("pagesize", "100"))).Names);
        }

        Assert.Equal(Visible, seen.Count);
        Assert.Equal(seen.Count, seen.Distinct().Count());
    }

    [Fact]
    [Trait("Protocol", "4.2")]
    public async Task Gives_only_the_count_beyond_the_end()
    {
        var reply = await ListAsync(("page", "9"), ("pagesize", "100"));

        Assert.Equal($$$"""{"listvirtualmachinesresponse":{"count":{{{Visible}}}}}""", reply.Body);
    }

    [Fact]
    [Trait("Protocol", "4.2")]
    public async Task Gives_an_empty_object_for_no_rows() =>
        Assert.Equal("""{"listvirtualmachinesresponse":{}}""", (await ListAsync(("name", "no-such-machine"))).Body);

    [Theory]
    [InlineData("0")]
    [InlineData("-3")]
    public async Task Takes_a_page_below_one_as_the_first(string page) =>
        Assert.Equal((await ListAsync(("page", "1"), ("pagesize", "2"))).Names, (await ListAsync(("page", page), ("pagesize", "2"))).Names);

    [Theory]
    [InlineData("\"page\" parameter is required when \"pagesize\" is specified", "pagesize", "10")]
    [InlineData("\"pagesize\" parameter is required when \"page\" is specified", "page", "1")]
    [InlineData("Page size can't exceed max allowed page size value: 500", "page", "1", "pagesize", "501")]
    [InlineData("Can't specify \"page\" parameter when \"pagesize\" is -1 (Unlimited)", "page", "1", "pagesize", "-1")]
    [InlineData("Unable to execute API command listvirtualmachines due to invalid value x for parameter page", "page", "x", "pagesize", "1")]
    [InlineData("Unable to execute API command listvirtualmachines due to invalid value  for parameter page", "page", "", "pagesize", "1")]
    public async Task Refuses_half_pages_and_large_ones(string text, params string[] pairs)
    {
        var reply = await ListAsync([.. pairs.Chunk(2).Select(pair => (pair[0], pair[1]))]);

        Assert.Equal((431, text), (reply.Status, reply.ErrorText));
    }

    public void Dispose() => _cloud.Dispose();

    // The one machine of the project isn't listed with listall.
    private static int Visible => Machines - 1;

    private Task<Reply> ListAsync(params (string, string)[] arguments) => _root.CallAsync("listVirtualMachines", [("listall", "true"), .. arguments]);
}
