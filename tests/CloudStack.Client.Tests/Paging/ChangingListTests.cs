using Cloud.Core.Errors;
using Cloud.Core.Operations;
using CloudStack.Client.Tests.Support;

namespace CloudStack.Client.Tests.Paging;

/// <summary>Protocol note, section 6.3: paging is by offset over changing data, and a row that stays is given all the same.</summary>
[Trait("Protocol", "6.3")]
public sealed class ChangingListTests
{
    [Fact]
    public async Task A_row_that_slides_to_the_page_before_is_not_lost()
    {
        var cloud = ChangingOnce(1100, 2, rows => rows.RemoveAt(10));

        Assert.Equal(Enumerable.Range(0, 1100).Select(PagedServer.Id), await ReadAsync(cloud));
    }

    [Fact]
    public async Task Nor_is_it_where_another_row_keeps_the_count_as_it_was()
    {
        var cloud = ChangingOnce(1100, 2, rows =>
        {
            rows.RemoveAt(10);
            rows.Add(PagedServer.Row(5000));
        });

        Assert.Equal(Enumerable.Range(0, 1100).Append(5000).Select(PagedServer.Id), await ReadAsync(cloud));
    }

    [Fact]
    public async Task A_list_of_which_more_than_a_page_goes_is_read_again_from_where_it_is_known()
    {
        var cloud = ChangingOnce(2100, 3, rows => rows.RemoveRange(0, 900));

        Assert.Equal(Enumerable.Range(0, 2100).Select(PagedServer.Id), await ReadAsync(cloud));
    }

    [Fact]
    public async Task Rows_that_slide_before_the_first_page_of_all_come_from_there()
    {
        var cloud = ChangingOnce(1100, 2, rows => rows.RemoveRange(0, 700));

        Assert.Equal(Enumerable.Range(0, 500).Concat(Enumerable.Range(700, 400)).Select(PagedServer.Id), await ReadAsync(cloud));
    }

    [Fact]
    public async Task A_list_that_never_stands_still_is_an_error_and_not_a_shorter_list()
    {
        var next = 10_000;
        var cloud = Changing(3000, (_, rows) =>
        {
            for (var i = 0; i < rows.Count; i++)
            {
                rows[i] = PagedServer.Row(next++);
            }
        });

        var error = await Assert.ThrowsAsync<CloudException>(() => ReadAsync(cloud));

        Assert.Equal((ErrorCause.Conflict, "listVirtualMachines"), (error.Cause, error.Command));
        Assert.InRange(cloud.Asked.Count, 2, 100);
    }

    [Fact]
    public async Task Whatever_comes_and_goes_each_row_that_stays_comes_once()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var (asked, gone, next) = (0, new HashSet<string>(), 100_000);
            var cloud = Changing(random.Next(40, 400), (_, rows) =>
            {
                for (var n = asked++ == 0 ? 0 : random.Next(0, 6); n > 0; n--)
                {
                    if (random.Next(2) == 0)
                    {
                        rows.Insert(random.Next(rows.Count + 1), PagedServer.Row(next++));
                    }
                    else if (rows.Count > 0)
                    {
                        var at = random.Next(rows.Count);
                        gone.Add(rows[at]);
                        rows.RemoveAt(at);
                    }
                }
            });
            var stay = cloud.Rows.ToList();

            var read = await ReadAsync(cloud, pageSize: random.Next(20, 60));

            Assert.Equal(read.Count, read.Distinct().Count());
            Assert.True(stay.Where(row => !gone.Contains(row)).All(row => read.Any(id => row.Contains(id, StringComparison.Ordinal))), $"Seed {seed} lost a row.");
        }
    }

    private static PagedServer Changing(int rows, Action<int, List<string>> change)
    {
        PagedServer? cloud = null;
        cloud = new PagedServer(rows) { Before = page => change(page, cloud!.Rows) };
        return cloud;
    }

    // The rows change when a page is asked for the first time, and stand still when it's asked for again.
    private static PagedServer ChangingOnce(int rows, int atPage, Action<List<string>> change)
    {
        var isDone = false;
        return Changing(rows, (page, all) =>
        {
            if (page == atPage && !isDone)
            {
                isDone = true;
                change(all);
            }
        });
    }

    private static async Task<List<string>> ReadAsync(PagedServer cloud, int pageSize = 500)
    {
        var ids = new List<string>();
        var provider = Sample.Provider(cloud.Server, connection: Sample.Connection with { PageSize = pageSize });
        await foreach (var page in provider.PageAsync(Sample.Command("listVirtualMachines"), RowRange.All, CancellationToken.None))
        {
            ids.AddRange(page.Objects.Select(row => row.GetText("id")!));
        }

        return ids;
    }
}
