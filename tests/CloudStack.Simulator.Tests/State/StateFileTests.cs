using Cloud.Core.Errors;
using CloudStack.Simulator.Tests.Support;

namespace CloudStack.Simulator.Tests.State;

public sealed class StateFileTests : IDisposable
{
    private const int Parts = 8;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("simulator-state-");
    private readonly SteppedClock _clock = new();

    public static TheoryData<int> AllParts => [.. Enumerable.Range(0, Parts)];

    private string FilePath => Path.Combine(_folder.FullName, "cloud.state");

    [Fact]
    public async Task Takes_up_a_cloud_where_it_was_left()
    {
        IReadOnlyList<string> before;
        using (var cloud = Open(new() { JobDelay = TimeSpan.FromSeconds(10) }))
        {
            var root = SignedCaller.Root(cloud);
            await root.DoAsync("createDomain", ("name", "kept"));
            await root.DoAsync("stopVirtualMachine", ("id", await root.IdOfAsync("listVirtualMachines", "web-01")));
            _clock.Step(TimeSpan.FromSeconds(10));
            await root.DoAsync("startVirtualMachine", ("id", await root.IdOfAsync("listVirtualMachines", "web-01")));
            before = CloudPicture.Of(cloud);
        }

        // The times of jobs are the file's, whatever the options say now.
        using var again = Open();

        Assert.Equal(before, CloudPicture.Of(again));
        Assert.Equal(3, again.RestoredChanges);
        Assert.Single((await SignedCaller.Root(again).CallAsync("listAsyncJobs")).Items);
        _clock.Step(TimeSpan.FromSeconds(10));
        Assert.Empty((await SignedCaller.Root(again).CallAsync("listAsyncJobs")).Items);
    }

    [Theory]
    [MemberData(nameof(AllParts))]
    public async Task Keeps_what_every_command_does(int part)
    {
        var catalog = CloudStackCatalog.Load();
        IReadOnlyList<string> before;
        using (var cloud = Open())
        {
            var root = SignedCaller.Root(cloud);
            foreach (var name in catalog.CommandNames.Where((name, i) => i % Parts == part))
            {
                var command = catalog.FindCommand(name)!;
                // A cloud that prepares for its shutdown takes no more jobs, and so nothing would come after.
                if (command.IsAuthenticator || (!command.Mutates && !command.IsAsync) || name == "prepareForShutdown")
                {
                    continue;
                }

                // Each on the cloud that the others left, so that some are refused: both are to come out the same again.
                try
                {
                    await root.PostAsync(name, await AcceptedArguments.RequiredAsync(cloud, command));
                }
                catch (Exception error) when (error is InvalidOperationException or KeyNotFoundException or Xunit.Sdk.XunitException or ArgumentOutOfRangeException)
                {
                    // What the recipe needs was taken away by a command before.
                }

                _clock.Step(TimeSpan.FromSeconds(1));
            }

            await root.CallAsync("listZones");
            before = CloudPicture.Of(cloud);
        }

        using var again = Open();
        await SignedCaller.Root(again).CallAsync("listZones");

        Assert.InRange(again.RestoredChanges, 30, int.MaxValue);
        Assert.Equal(before, CloudPicture.Of(again));
    }

    [Fact]
    public async Task Gives_out_no_identifier_twice_across_a_restart()
    {
        string first;
        using (var cloud = Open())
        {
            first = (await SignedCaller.Root(cloud).DoAsync("createDomain", ("name", "one"))).Item.GetProperty("id").GetString()!;
        }

        using var again = Open();
        var second = (await SignedCaller.Root(again).DoAsync("createDomain", ("name", "two"))).Item.GetProperty("id").GetString();

        Assert.NotEqual(first, second);
    }

    [Fact]
    public async Task Makes_faults_of_jobs_happen_again_as_they_did()
    {
        using (var cloud = Open())
        {
            cloud.Faults.Inject(new SimulatorFault(FaultKind.FailJob));
            var root = SignedCaller.Root(cloud);
            await root.FailAsync(530, "stopVirtualMachine", ("id", await root.IdOfAsync("listVirtualMachines", "web-01")));
        }

        using var again = Open();
        var machine = (await SignedCaller.Root(again).CallAsync("listVirtualMachines", ("listall", "true"), ("name", "web-01"))).Items[0];

        Assert.Equal("Running", machine.GetProperty("state").GetString());
    }

    [Fact]
    public async Task Loses_only_the_line_that_was_being_written()
    {
        await WriteDomainsAsync("a", "b");
        File.AppendAllText(FilePath, "0123456789ABCDEF {\"n\":3,\"at\":");

        using var again = Open();

        Assert.Equal(2, again.RestoredChanges);
        await SignedCaller.Root(again).DoAsync("createDomain", ("name", "c"));
        Assert.Equal(6, (await SignedCaller.Root(again).CallAsync("listDomains", ("listall", "true"))).Count);
    }

    [Theory]
    [InlineData("\"a\"", "\"z\"", "line 2")]
    [InlineData("cloudstack-simulator-state", "something-else-altogether", "line 1")]
    public async Task Says_which_line_was_changed_and_leaves_the_file_alone(string text, string changed, string line)
    {
        await WriteDomainsAsync("a", "b");
        File.WriteAllText(FilePath, File.ReadAllText(FilePath).Replace(text, changed, StringComparison.Ordinal));
        var bytes = File.ReadAllBytes(FilePath);

        var error = Assert.Throws<CloudException>(() => Open());

        Assert.Contains(line, error.Message, StringComparison.Ordinal);
        Assert.Equal(bytes, File.ReadAllBytes(FilePath));
    }

    [Fact]
    public async Task Notices_a_line_that_was_taken_out()
    {
        await WriteDomainsAsync("a", "b", "c");
        var lines = File.ReadAllLines(FilePath);
        File.WriteAllLines(FilePath, [lines[0], lines[1], lines[3]]);

        Assert.Contains("line 3", Assert.Throws<CloudException>(() => Open()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not a state file")]
    [InlineData("not a state file\n")]
    public void Takes_no_other_file_for_its_own(string content)
    {
        File.WriteAllText(FilePath, content);

        Assert.Throws<CloudException>(() => Open());
        Assert.Equal(content, File.ReadAllText(FilePath));
    }

    [Fact]
    public void Is_one_simulators_at_a_time()
    {
        using var one = Open();

        Assert.Contains("can't be opened", Assert.Throws<CloudException>(() => Open()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Decides_the_size_of_the_cloud()
    {
        using (Open(new() { MachineCount = 20 }))
        {
        }

        using var again = Open(new() { MachineCount = 50 });

        Assert.Equal(20, again.Options.MachineCount);
        Assert.Equal(20, again.Store.Table("UserVmResponse").Count);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private SimulatedCloud Open(SimulatorOptions? options = null) =>
        new((options ?? new()) with { Clock = _clock, StateFile = FilePath });

    private async Task WriteDomainsAsync(params string[] names)
    {
        using var cloud = Open();
        foreach (var name in names)
        {
            await SignedCaller.Root(cloud).DoAsync("createDomain", ("name", name));
        }
    }
}
