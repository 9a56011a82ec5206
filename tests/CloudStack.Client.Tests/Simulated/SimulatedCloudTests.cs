using Cloud.Core.Errors;
using Cloud.Core.Operations;
using CloudStack.Client.Models;
using CloudStack.Client.Tests.Support;
using CloudStack.Simulator;

namespace CloudStack.Client.Tests.Simulated;

/// <summary>The client against a server that keeps what it's told.</summary>
public sealed class SimulatedCloudTests
{
    [Fact]
    public async Task Every_machine_of_a_large_cloud_is_listed_once()
    {
        using var cloud = new SimulatedCloud(new SimulatorOptions { MachineCount = 1234 });

        var ids = await IdsAsync(cloud, RowRange.All);

        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.InRange(ids.Count, 1200, 1300);
        Assert.Equal(3, SimulatedSample.Count(cloud, "listVirtualMachines"));
    }

    [Fact]
    public async Task A_server_with_smaller_pages_gives_the_same_machines()
    {
        using var large = new SimulatedCloud(new SimulatorOptions { MachineCount = 300 });
        using var small = new SimulatedCloud(new SimulatorOptions { MachineCount = 300, PageSize = 37 });

        Assert.Equal(await IdsAsync(large, RowRange.All), await IdsAsync(small, RowRange.All));
        Assert.Equal(await IdsAsync(large, new RowRange(90, 60)), await IdsAsync(small, new RowRange(90, 60)));
    }

    [Fact]
    public async Task Names_are_resolved_and_looked_up()
    {
        using var cloud = new SimulatedCloud();
        using var provider = SimulatedSample.Provider(cloud);
        var context = Sample.Command("stopVirtualMachine");

        var found = Assert.Single(await provider.FindAsync("UserVmResponse", "web-01", context, CancellationToken.None));
        var looked = await provider.LookUpAsync("UserVmResponse", found.Id, CancellationToken.None);

        Assert.Equal(found, looked);
        Assert.Contains("zone fra1", found.Context, StringComparison.Ordinal);
        Assert.Equal("fra1", Assert.Single(await provider.FindAsync("ZoneResponse", "FRA1", context, CancellationToken.None)).Name);
        Assert.Null(await provider.LookUpAsync("UserVmResponse", Sample.Id, CancellationToken.None));
    }

    [Fact]
    public async Task The_owner_that_a_machine_is_to_get_does_not_hide_it()
    {
        using var cloud = new SimulatedCloud();
        using var provider = SimulatedSample.Provider(cloud);
        var domain = Assert.Single(await provider.FindAsync("DomainResponse", "Finance", Sample.Command("listZones"), CancellationToken.None));
        var command = Sample.Command("assignVirtualMachine") with
        {
            Arguments = new Dictionary<string, object> { ["account"] = "ledger", ["domainid"] = domain.Id },
        };

        Assert.Equal("etl-01", Assert.Single(await provider.FindAsync("UserVmResponse", "etl-01", command, CancellationToken.None)).Name);
    }

    [Theory]
    [InlineData("TemplateResponse", "Debian 12 installer", "attachIso")]
    [InlineData("DomainResponse", "ROOT/Engineering", "createAccount")]
    [InlineData("DomainResponse", "Engineering", "createAccount")]
    public async Task An_object_is_found_by_its_other_name_or_in_its_other_list(string resultClass, string name, string command)
    {
        using var cloud = new SimulatedCloud();
        using var provider = SimulatedSample.Provider(cloud);

        var found = Assert.Single(await provider.FindAsync(resultClass, name, Sample.Command(command), CancellationToken.None));

        Assert.Equal(found.Id, (await provider.LookUpAsync(resultClass, found.Id, CancellationToken.None))?.Id);
    }

    [Fact]
    public async Task A_machine_is_stopped_and_its_job_gives_it_back()
    {
        using var cloud = new SimulatedCloud();
        using var provider = SimulatedSample.Provider(cloud);
        var machine = Assert.Single(await provider.FindAsync("UserVmResponse", "web-01", Sample.Command("stopVirtualMachine"), CancellationToken.None));
        var stop = Sample.Command("stopVirtualMachine", ("id", machine.Id));

        var reply = await provider.SendAsync(stop, CancellationToken.None);
        var job = await provider.PollAsync(reply.JobId!, stop.Spec, CancellationToken.None);

        Assert.Equal("Stopped", Assert.IsType<VirtualMachine>(job.Result).State);
    }

    [Fact]
    public async Task A_wrong_secret_is_diagnosed_and_changes_nothing()
    {
        using var cloud = new SimulatedCloud();
        var state = cloud.StateVersion;
        var wrong = new CloudStackConnection(
            "http://simulator.example.com", new ApiKeyCredentials(cloud.Credentials.RootAdmin.ApiKey, "not-the-secret"));

        var error = await Assert.ThrowsAsync<CloudException>(() => SimulatedSample.Provider(cloud, wrong)
            .SendAsync(Sample.Command("createSSHKeyPair", ("name", "x")), CancellationToken.None));

        Assert.Equal(ErrorCause.Unauthorized, error.Cause);
        Assert.Contains("secret key", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("not-the-secret", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(state, cloud.StateVersion);
    }

    [Fact]
    public async Task A_clock_that_is_behind_is_found_out()
    {
        using var cloud = new SimulatedCloud();
        using var provider = SimulatedSample.Provider(cloud, time: new LateClock());

        var error = await Assert.ThrowsAsync<CloudException>(() => provider.SendAsync(Sample.Command("listZones"), CancellationToken.None));

        Assert.Contains("clock is behind", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Protocol", "7")]
    public async Task A_command_beyond_the_role_is_forbidden()
    {
        using var cloud = new SimulatedCloud();
        using var provider = SimulatedSample.Provider(cloud, SimulatedSample.Connection(cloud, cloud.Credentials.User));

        var error = await Assert.ThrowsAsync<CloudException>(() => provider.SendAsync(Sample.Command("listHosts"), CancellationToken.None));

        Assert.Equal(ErrorCause.Forbidden, error.Cause);
    }

    [Fact]
    public async Task A_session_does_what_keys_do_and_ends()
    {
        using var cloud = new SimulatedCloud(new SimulatorOptions { EnforcePost = true });
        var admin = cloud.Credentials.RootAdmin;
        using var client = new CloudStackClient(
            new CloudStackConnection("https://simulator.example.com", new SessionCredentials(admin.UserName, admin.Password, admin.Domain)),
            cloud.CreateHandler());
        using var provider = new CloudStackProvider(client, Sample.Catalog);

        await client.LogInAsync(CancellationToken.None);
        Assert.NotEmpty((await provider.SendAsync(Sample.Command("listZones"), CancellationToken.None)).Objects);
        await client.LogOutAsync(CancellationToken.None);
        Assert.NotEmpty((await provider.SendAsync(Sample.Command("listZones"), CancellationToken.None)).Objects);

        Assert.Equal(["login", "listZones", "logout", "login", "listZones"], cloud.Requests.Select(r => r.Command));
        Assert.All(cloud.Requests, r => Assert.Equal(200, r.Status));
    }

    private static async Task<List<string>> IdsAsync(SimulatedCloud cloud, RowRange rows)
    {
        using var provider = SimulatedSample.Provider(cloud);
        var ids = new List<string>();
        await foreach (var page in provider.PageAsync(Sample.Command("listVirtualMachines", ("listall", true)), rows, CancellationToken.None))
        {
            ids.AddRange(page.Objects.Select(machine => machine.GetText("id")!));
        }

        return ids;
    }

    private sealed class LateClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddHours(-2);
    }
}
