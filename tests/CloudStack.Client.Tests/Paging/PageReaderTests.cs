using Cloud.Core.Errors;
using Cloud.Core.Operations;
using CloudStack.Client.Tests.Support;

namespace CloudStack.Client.Tests.Paging;

/// <summary>Protocol note, section 6.3: no row lost, none doubled.</summary>
[Trait("Protocol", "6.3")]
public sealed class PageReaderTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(499, 1)]
    [InlineData(500, 2)]
    [InlineData(501, 2)]
    [InlineData(998, 2)]
    [InlineData(1000, 3)]
    [InlineData(1234, 3)]
    public async Task Every_row_comes_once_and_in_order(int rows, int pages)
    {
        var cloud = new PagedServer(rows);

        var read = await ReadAsync(cloud);

        Assert.Equal(Enumerable.Range(0, rows).Select(PagedServer.Id), read.Ids);
        Assert.Equal(rows, read.Total);
        Assert.Equal(pages, cloud.Asked.Count);
        Assert.All(cloud.Asked, asked => Assert.InRange(asked.Size, 490, 500));
    }

    [Fact]
    public async Task An_empty_list_gives_one_empty_page()
    {
        var pages = await PagesAsync(new PagedServer(0), RowRange.All);

        Assert.Equal(0, Assert.Single(pages).TotalCount);
        Assert.Empty(pages[0].Objects);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(499)]
    [InlineData(7)]
    public async Task A_lower_cap_of_the_server_is_taken_up(int cap)
    {
        var cloud = new PagedServer(1234) { Cap = cap };

        var read = await ReadAsync(cloud);

        Assert.Equal(Enumerable.Range(0, 1234).Select(PagedServer.Id), read.Ids);
        Assert.Equal(1, cloud.Asked.Count(asked => asked.Size == 500));
        Assert.All(cloud.Asked.Skip(1), asked => Assert.InRange(asked.Size, 2, cap));
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(20, 10)]
    [InlineData(25, 10)]
    [InlineData(490, 20)]
    [InlineData(499, 1)]
    [InlineData(500, 700)]
    [InlineData(1200, 100)]
    [InlineData(5000, 10)]
    public async Task A_window_of_rows_is_read_without_the_rows_before_it(int skip, int first)
    {
        var cloud = new PagedServer(1234);

        var read = await ReadAsync(cloud, new RowRange(skip, first));

        Assert.Equal(Enumerable.Range(0, 1234).Skip(skip).Take(first).Select(PagedServer.Id), read.Ids);
        Assert.Equal(1234, read.Total);
        Assert.InRange(cloud.Asked.Count, 1, 3);
    }

    [Fact]
    public async Task A_small_window_gets_a_small_page()
    {
        var cloud = new PagedServer(1234);

        await ReadAsync(cloud, new RowRange(20, 10));

        Assert.Equal([(3, 10)], cloud.Asked);
    }

    [Fact]
    public async Task A_window_survives_the_servers_cap()
    {
        var read = await ReadAsync(new PagedServer(1234) { Cap = 33 }, new RowRange(777, 150));

        Assert.Equal(Enumerable.Range(777, 150).Select(PagedServer.Id), read.Ids);
    }

    [Fact]
    public async Task A_count_of_the_page_alone_does_not_end_the_list()
    {
        var read = await ReadAsync(new PagedServer(1234) { CountsThePageOnly = true });

        Assert.Equal(1234, read.Ids.Count);
    }

    [Fact]
    public async Task A_list_without_a_count_ends_with_its_rows()
    {
        var read = await ReadAsync(new PagedServer(1000) { SendsNoCount = true });

        Assert.Equal(1000, read.Ids.Count);
        Assert.Null(read.Total);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(500)]
    [InlineData(1234)]
    public async Task A_command_that_ignores_paging_gives_its_rows_once(int rows)
    {
        var read = await ReadAsync(new PagedServer(rows) { IgnoresPaging = true });

        Assert.Equal(rows, read.Ids.Count);
    }

    [Fact]
    public async Task A_window_on_a_command_that_ignores_paging_is_cut_here()
    {
        var read = await ReadAsync(new PagedServer(1234) { IgnoresPaging = true }, new RowRange(1000, 50));

        Assert.Equal(Enumerable.Range(1000, 50).Select(PagedServer.Id), read.Ids);
    }

    [Fact]
    public async Task Rows_that_slide_onto_the_next_page_come_once()
    {
        PagedServer? cloud = null;
        cloud = new PagedServer(1100) { Before = page => { if (page == 2) { cloud!.Rows.Insert(0, PagedServer.Row(9999)); } } };

        var read = await ReadAsync(cloud);

        Assert.Equal(read.Ids.Count, read.Ids.Distinct().Count());
        Assert.Equal(1100, read.Ids.Count);
    }

    [Fact]
    public async Task A_list_that_shrinks_meanwhile_ends()
    {
        PagedServer? cloud = null;
        cloud = new PagedServer(1100) { Before = page => { if (page == 2) { cloud!.Rows.RemoveRange(400, 700); } } };

        Assert.Equal(500, (await ReadAsync(cloud)).Ids.Count);
    }

    [Fact]
    public async Task A_template_that_is_listed_once_per_zone_keeps_all_its_rows()
    {
        var cloud = new PagedServer(Enumerable.Range(0, 600).Select(i => $$"""{"id":"{{Sample.Id}}","zoneid":"zone-{{i}}"}"""));

        var list = Sample.Command("listTemplates", ("templatefilter", "all"));
        var rows = 0;
        await foreach (var page in Sample.Provider(cloud.Server).PageAsync(list, RowRange.All, CancellationToken.None))
        {
            rows += page.Objects.Count;
        }

        Assert.Equal(600, rows);
    }

    [Fact]
    public async Task Rows_without_an_identifier_are_all_kept()
    {
        var cloud = new PagedServer(Enumerable.Range(0, 600).Select(i => $$"""{"usage":"{{i}}"}"""));

        Assert.Equal(600, (await PagesAsync(cloud, RowRange.All)).Sum(page => page.Objects.Count));
    }

    [Fact]
    public async Task Rows_come_page_by_page_and_at_most_two_pages_are_read_ahead()
    {
        var cloud = new PagedServer(5000);
        await foreach (var page in Pages(cloud, RowRange.All))
        {
            Assert.Equal(500, page.Objects.Count);
            break;
        }

        Assert.InRange(cloud.Asked.Count, 1, 3);
    }

    [Fact]
    public async Task Two_pages_are_on_their_way_while_one_is_looked_at() =>
        Assert.Equal([3, 4, 5, 5, 5], await AskedAtEachPageAsync(new PagedServer(2300), RowRange.All));

    [Fact]
    public async Task Only_pages_that_are_wanted_are_read_ahead() =>
        Assert.Equal([3, 3, 3], await AskedAtEachPageAsync(new PagedServer(5000), new RowRange(0, 1100)));

    [Fact]
    public async Task A_page_of_which_no_count_tells_is_read_ahead_alone() =>
        Assert.Equal([2, 3, 3], await AskedAtEachPageAsync(new PagedServer(1234) { CountsThePageOnly = true }, RowRange.All));

    private static async Task<List<int>> AskedAtEachPageAsync(PagedServer cloud, RowRange rows)
    {
        var asked = new List<int>();
        await foreach (var page in Pages(cloud, rows))
        {
            asked.Add(cloud.Asked.Count);
        }

        return asked;
    }

    [Fact]
    public async Task A_page_that_fails_for_good_is_told_after_the_rows_before_it()
    {
        var cloud = new PagedServer(1234) { Before = page => { if (page == 2) { throw new HttpRequestException(HttpRequestError.ResponseEnded); } } };
        var rows = 0;

        var error = await Assert.ThrowsAsync<CloudException>(async () =>
        {
            await foreach (var page in Pages(cloud, RowRange.All))
            {
                rows += page.Objects.Count;
            }
        });

        Assert.Equal((500, "listVirtualMachines"), (rows, error.Command));
        Assert.Equal(4, cloud.Asked.Count(asked => asked.Page == 2));
    }

    [Fact]
    public async Task A_page_asked_for_by_number_is_that_page()
    {
        var cloud = new PagedServer(1234);
        var command = Sample.Command("listVirtualMachines", ("page", 2L), ("pagesize", 10L));
        var pages = new List<ResultPage>();
        await foreach (var page in Sample.Provider(cloud.Server).PageAsync(command, RowRange.All, CancellationToken.None))
        {
            pages.Add(page);
        }

        Assert.Equal(10, Assert.Single(pages).Objects.Count);
        Assert.Equal([(2, 10)], cloud.Asked);
    }

    [Fact]
    public async Task A_list_without_pages_comes_in_one_and_is_cut_here()
    {
        var server = new ScriptedServer().Then("""{"r":{"count":3,"hypervisor":[{"name":"KVM"},{"name":"VMware"},{"name":"XenServer"}]}}""");
        var pages = new List<ResultPage>();
        await foreach (var page in Sample.Provider(server).PageAsync(Sample.Command("listHypervisors"), new RowRange(1, 1), CancellationToken.None))
        {
            pages.Add(page);
        }

        Assert.Equal("VMware", Assert.Single(Assert.Single(pages).Objects).GetText("name"));
        Assert.DoesNotContain("page", server.Log[0].Parameters.Keys);
    }

    private static async Task<(List<string> Ids, long? Total)> ReadAsync(PagedServer cloud, RowRange? rows = null)
    {
        var pages = await PagesAsync(cloud, rows ?? RowRange.All);
        return ([.. pages.SelectMany(page => page.Objects).Select(row => row.GetText("id")!)], pages[0].TotalCount);
    }

    private static async Task<List<ResultPage>> PagesAsync(PagedServer cloud, RowRange rows)
    {
        var pages = new List<ResultPage>();
        await foreach (var page in Pages(cloud, rows))
        {
            pages.Add(page);
        }

        return pages;
    }

    private static IAsyncEnumerable<ResultPage> Pages(PagedServer cloud, RowRange rows) =>
        Sample.Provider(cloud.Server).PageAsync(Sample.Command("listVirtualMachines"), rows, CancellationToken.None);
}
