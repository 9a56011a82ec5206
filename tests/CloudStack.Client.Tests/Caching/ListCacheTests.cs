using Cloud.Core.Caching;
using Cloud.Core.Jobs;
using Cloud.Core.Operations;
using CloudStack.Client.Tests.Faults;
using CloudStack.Client.Tests.Simulated;
using CloudStack.Client.Tests.Support;
using CloudStack.Simulator;

namespace CloudStack.Client.Tests.Caching;

/// <summary>Lists come from memory only where that's asked for, and never older than one's own last change.</summary>
public sealed class ListCacheTests : IDisposable
{
    private readonly SimulatedCloud _cloud = new();

    public void Dispose() => _cloud.Dispose();

    [Fact]
    public async Task A_list_is_asked_for_each_time_unless_the_request_says_otherwise()
    {
        using var provider = SimulatedSample.Provider(_cloud);

        await ListAsync(provider, "listVirtualMachines", mayUseCache: false);
        await ListAsync(provider, "listVirtualMachines", mayUseCache: false);
        Assert.Equal(2, Count("listVirtualMachines"));

        var first = await ListAsync(provider, "listVirtualMachines");
        var second = await ListAsync(provider, "listVirtualMachines");

        Assert.Equal(3, Count("listVirtualMachines"));
        Assert.NotEmpty(first);
        Assert.Equal(first, second);
    }

    [Fact]
    public async Task The_connection_may_ask_for_it_for_all()
    {
        using var provider = SimulatedSample.Provider(_cloud, SimulatedSample.Connection(_cloud) with { CachesLists = true });

        await ListAsync(provider, "listHypervisors", mayUseCache: false);
        await ListAsync(provider, "listHypervisors", mayUseCache: false);

        Assert.Equal(1, Count("listHypervisors"));
    }

    [Fact]
    public async Task The_off_switch_is_stronger_than_any_request()
    {
        using var provider = SimulatedSample.Provider(
            _cloud, SimulatedSample.Connection(_cloud) with { CachesLists = true, Cache = new CacheSettings { IsOn = false } });

        await ListAsync(provider, "listZones");
        await ListAsync(provider, "listZones");

        Assert.Equal(2, Count("listZones"));
    }

    [Fact]
    public async Task A_change_to_the_class_is_seen_at_once_and_other_classes_stay()
    {
        using var provider = SimulatedSample.Provider(_cloud);
        await ListAsync(provider, "listSSHKeyPairs");
        await ListAsync(provider, "listZones");

        await RunAsync(provider, "createSSHKeyPair", new() { ["name"] = "new-pair" });

        Assert.Contains("new-pair", await ListAsync(provider, "listSSHKeyPairs"));
        await ListAsync(provider, "listZones");
        Assert.Equal(1, Count("listZones"));
    }

    [Fact]
    public async Task What_a_job_changed_is_seen_when_it_has_ended()
    {
        using var provider = SimulatedSample.Provider(_cloud);
        await ListAsync(provider, "listVirtualMachines");

        await RunAsync(provider, "destroyVirtualMachine", new() { ["id"] = "web-01", ["expunge"] = true });

        Assert.DoesNotContain("web-01", await ListAsync(provider, "listVirtualMachines"));
    }

    [Fact]
    public async Task Tags_may_be_put_on_anything_so_they_drop_everything()
    {
        using var provider = SimulatedSample.Provider(_cloud);
        await ListAsync(provider, "listNetworks");

        await RunAsync(provider, "createTags", new() { ["resourceids"] = _cloud.SampleId("UserVmResponse"), ["resourcetype"] = "UserVm", ["tags"] = new Dictionary<string, string> { ["a"] = "b" } });
        await ListAsync(provider, "listNetworks");

        Assert.Equal(2, Count("listNetworks"));
    }

    [Fact]
    public async Task Another_caller_of_the_same_cloud_shares_nothing()
    {
        using var root = SimulatedSample.Provider(_cloud);
        using var user = SimulatedSample.Provider(_cloud, SimulatedSample.Connection(_cloud, _cloud.Credentials.User));

        var all = await ListAsync(root, "listVirtualMachines");
        var own = await ListAsync(user, "listVirtualMachines");

        Assert.True(own.Count < all.Count);
        Assert.Equal(2, Count("listVirtualMachines"));
    }

    [Fact]
    public async Task Other_arguments_and_other_rows_are_another_list()
    {
        using var provider = SimulatedSample.Provider(_cloud);
        await ListAsync(provider, "listVirtualMachines");

        Assert.Equal(2, (await ListAsync(provider, "listVirtualMachines", rows: new RowRange(0, 2))).Count);
        Assert.Equal(["web-01"], await ListAsync(provider, "listVirtualMachines", arguments: ("name", "web-01")));
        Assert.Equal(3, Count("listVirtualMachines"));
    }

    [Fact]
    public async Task A_list_that_is_not_read_to_its_end_or_is_too_long_is_not_kept()
    {
        using var provider = SimulatedSample.Provider(
            _cloud, SimulatedSample.Connection(_cloud) with { PageSize = 5, Cache = new CacheSettings { MostObjects = 8 } });
        await foreach (var page in provider.PageAsync(Command("listZones", true, []), RowRange.All, CancellationToken.None))
        {
            break;
        }

        await ListAsync(provider, "listVirtualMachines");

        Assert.Equal(0, provider.Cache.Count);
    }

    [Fact]
    public async Task Jobs_are_asked_about_each_time()
    {
        using var provider = SimulatedSample.Provider(_cloud, SimulatedSample.Connection(_cloud) with { CachesLists = true });

        await ListAsync(provider, "listAsyncJobs");
        await ListAsync(provider, "listAsyncJobs");

        Assert.Equal(2, Count("listAsyncJobs"));
    }

    [Fact]
    public async Task The_runner_passes_the_wish_on()
    {
        using var provider = SimulatedSample.Provider(_cloud);

        await RunAsync(provider, "listZones", [], mayUseCache: true);
        await RunAsync(provider, "listZones", [], mayUseCache: true);

        Assert.Equal(1, Count("listZones"));
    }

    private int Count(string command) => SimulatedSample.Count(_cloud, command);

    private static async Task RunAsync(CloudStackProvider provider, string command, Dictionary<string, object?> arguments, bool mayUseCache = false)
    {
        var host = new WatchingHost();
        await new OperationRunner(host, FollowPolicy.Eager, TimeProvider.System).RunAsync(
            new OperationRequest(command, arguments) { MayUseCache = mayUseCache }, provider, host, CancellationToken.None);
    }

    private static async Task<List<string>> ListAsync(
        CloudStackProvider provider, string command, bool mayUseCache = true, RowRange? rows = null, params (string Name, object Value)[] arguments)
    {
        var names = new List<string>();
        await foreach (var page in provider.PageAsync(Command(command, mayUseCache, arguments), rows ?? RowRange.All, CancellationToken.None))
        {
            names.AddRange(page.Objects.Select(row => row.GetText("name") ?? ""));
        }

        return names;
    }

    private static BoundCommand Command(string name, bool mayUseCache, (string Name, object Value)[] arguments)
    {
        (string, object)[] all = Sample.Catalog.FindCommand(name)!.FindParameter("listall") is null ? arguments : [("listall", true), .. arguments];
        return Sample.Command(name, all) with { MayUseCache = mayUseCache };
    }
}
