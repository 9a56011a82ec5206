using Cloud.Core.Operations;
using CloudStack.Client.Tests.Support;

namespace CloudStack.Client.Tests.Paging;

/// <summary>Lists of which the first rows will probably do.</summary>
[Trait("Protocol", "6.3")]
public sealed class LikelyRowsTests
{
    [Fact]
    public async Task A_page_of_the_likely_rows_comes_first_and_nothing_is_read_ahead_of_it()
    {
        var cloud = new PagedServer(1234);

        await foreach (var page in Pages(cloud, new RowRange(0, 500) { Likely = 150 }))
        {
            Assert.Equal((150, 1234L), (page.Objects.Count, page.TotalCount));
            break;
        }

        Assert.Equal([(1, 150)], cloud.Asked);
    }

    [Theory]
    [InlineData(0, 500, 150)]
    [InlineData(0, 1000, 1)]
    [InlineData(118, 500, 155)]
    [InlineData(1100, 500, 155)]
    [InlineData(2000, 10, 5)]
    [InlineData(3, 7, 100)]
    public async Task All_wanted_rows_come_where_the_likely_ones_will_not_do(int skip, int first, int likely)
    {
        var (ids, totals) = await ReadAsync(new PagedServer(1234), new RowRange(skip, first) { Likely = likely });

        Assert.Equal(Enumerable.Range(0, 1234).Skip(skip).Take(first).Select(PagedServer.Id), ids);
        Assert.All(totals, total => Assert.Equal(1234, total));
    }

    [Theory]
    [InlineData(75, 50, 2, 63)]
    [InlineData(118, 155, 1, 273)]
    [InlineData(20, 10, 3, 10)]
    public async Task A_window_gets_the_smallest_page_that_holds_all_of_it(int skip, int first, int page, int size)
    {
        var cloud = new PagedServer(1234);

        await ReadAsync(cloud, new RowRange(skip, first));

        Assert.Equal([(page, size)], cloud.Asked);
    }

    [Fact]
    public async Task The_count_of_a_page_alone_is_not_told_as_the_lists()
    {
        var (ids, totals) = await ReadAsync(new PagedServer(1234) { CountsThePageOnly = true }, RowRange.All with { Likely = 150 });

        Assert.Equal(1234, ids.Count);
        Assert.All(totals, Assert.Null);
    }

    [Fact]
    public async Task A_list_that_ends_within_the_likely_rows_tells_its_count()
    {
        var (ids, totals) = await ReadAsync(new PagedServer(120) { CountsThePageOnly = true }, RowRange.All with { Likely = 150 });

        Assert.Equal((120, 120L), (ids.Count, Assert.Single(totals)));
    }

    private static IAsyncEnumerable<ResultPage> Pages(PagedServer cloud, RowRange rows) =>
        Sample.Provider(cloud.Server).PageAsync(Sample.Command("listVirtualMachines"), rows, CancellationToken.None);

    private static async Task<(List<string> Ids, List<long?> Totals)> ReadAsync(PagedServer cloud, RowRange rows)
    {
        List<string> ids = [];
        List<long?> totals = [];
        await foreach (var page in Pages(cloud, rows))
        {
            ids.AddRange(page.Objects.Select(row => row.GetText("id")!));
            totals.Add(page.TotalCount);
        }

        return (ids, totals);
    }
}
