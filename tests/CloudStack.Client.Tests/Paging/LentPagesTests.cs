using Cloud.Core.Operations;
using CloudStack.Client.Tests.Simulated;
using CloudStack.Client.Tests.Support;
using CloudStack.Simulator;

namespace CloudStack.Client.Tests.Paging;

/// <summary>Pages whose memory is used again: right for those who give them back, and without effect for those who don't.</summary>
public sealed class LentPagesTests : IDisposable
{
    private readonly SimulatedCloud _cloud = new(new SimulatorOptions { MachineCount = 700 });

    public void Dispose() => _cloud.Dispose();

    [Fact]
    public async Task A_page_that_was_given_back_can_be_read_no_more()
    {
        var given = await PagesAsync(Machines(lends: true), page => page.Release());

        Assert.All(given, page => Assert.Throws<ObjectDisposedException>(() => page.Objects[0].GetText("id")));
    }

    [Fact]
    public async Task A_lent_page_that_was_not_given_back_stays()
    {
        var given = await PagesAsync(Machines(lends: true), _ => { });

        Assert.All(given, page => Assert.NotNull(page.Objects[0].GetText("id")));
    }

    [Fact]
    public async Task A_page_that_was_not_lent_stays_whatever_is_said()
    {
        var given = await PagesAsync(Machines(lends: false), page => page.Release());

        Assert.All(given, page => Assert.NotNull(page.Objects[0].GetText("id")));
    }

    [Fact]
    public async Task A_list_that_is_remembered_is_not_lent()
    {
        using var provider = SimulatedSample.Provider(_cloud);
        var list = Machines(lends: true) with { MayUseCache = true };

        await PagesAsync(list, page => page.Release(), provider);
        var again = await PagesAsync(list, page => page.Release(), provider);

        Assert.All(again, page => Assert.NotNull(page.Objects[0].GetText("id")));
    }

    [Fact]
    public async Task A_command_that_ignores_paging_is_known_for_that_when_its_pages_are_given_back()
    {
        var cloud = new PagedServer(5) { IgnoresPaging = true };
        using var provider = CloudStackProvider.Create(Sample.Connection with { PageSize = 5 }, cloud.Server);
        var ids = new List<string?>();

        await PagesAsync(
            Sample.Command("listVirtualMachines") with { LendsPages = true },
            page =>
            {
                ids.AddRange(page.Objects.Select(row => row.GetText("id")));
                page.Release();
            },
            provider);

        Assert.Equal(Enumerable.Range(0, 5).Select(PagedServer.Id), ids);
    }

    [Fact]
    public async Task Lists_that_share_the_memory_at_the_same_time_keep_their_rows_apart()
    {
        using var provider = SimulatedSample.Provider(_cloud, SimulatedSample.Connection(_cloud) with { PageSize = 100 });
        var expected = Names(await PagesAsync(Machines(lends: false), _ => { }, provider));

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            for (var round = 0; round < 5; round++)
            {
                var names = new List<string?>();
                await PagesAsync(
                    Machines(lends: true),
                    page =>
                    {
                        names.AddRange(Names([page]));
                        page.Release();
                    },
                    provider);
                Assert.Equal(expected, names);
            }
        })));
    }

    private static List<string?> Names(IEnumerable<ResultPage> pages) =>
        [.. pages.SelectMany(page => page.Objects).Select(machine => $"{machine.GetText("id")} {machine.GetText("name")} {machine.GetText("state")}")];

    private static BoundCommand Machines(bool lends) => Sample.Command("listVirtualMachines", ("listall", true)) with { LendsPages = lends };

    private async Task<List<ResultPage>> PagesAsync(BoundCommand command, Action<ResultPage> look, CloudStackProvider? provider = null)
    {
        using var own = provider is null ? SimulatedSample.Provider(_cloud) : null;
        var pages = new List<ResultPage>();
        await foreach (var page in (provider ?? own!).PageAsync(command, RowRange.All, CancellationToken.None))
        {
            look(page);
            pages.Add(page);
        }

        return pages;
    }
}
