using System.Text.Json;

namespace CloudStack.Simulator.Tests.Lifecycles;

public sealed class LimitTests : Scene
{
    [Theory]
    [InlineData("0", "user_vm")]
    [InlineData("2", "volume")]
    [InlineData("8", "cpu")]
    [InlineData("9", "memory")]
    [InlineData("10", "primary_storage")]
    public async Task A_machine_beyond_a_limit_is_refused_and_nothing_is_made(string type, string name)
    {
        await LimitAsync(type, 0);
        var before = await AmountAsync(type);

        var refusal = await User.RefuseAsync(535, "deployVirtualMachine", await DeploymentAsync(("name", "too-many")));

        Assert.Contains($"'{name}'", refusal, StringComparison.Ordinal);
        Assert.Equal(before, await AmountAsync(type));
        await LimitAsync(type, -1);
        await User.FinishAsync("deployVirtualMachine", await DeploymentAsync(("name", "welcome")));
    }

    [Fact]
    public async Task Every_kind_of_thing_counts_when_it_is_made()
    {
        await LimitAsync("1", 0);
        await LimitAsync("3", 0);
        await LimitAsync("5", 0);
        await LimitAsync("6", 0);
        var volume = Id((await User.CallAsync("listVolumes")).Items.First(v => Text(v, "state") == "Ready"));

        await User.RefuseAsync(535, "associateIpAddress", ("networkid", await NetworkAsync("web-net")));
        await User.RefuseAsync(535, "createSnapshot", ("volumeid", volume));
        await User.RefuseAsync(535, "createProject", ("name", "more"), ("displaytext", "more"));
        await User.RefuseAsync(
            535, "createNetwork", ("name", "more"), ("zoneid", await ZoneAsync()), ("networkofferingid", await Root.IdOfAsync("listNetworkOfferings", "DefaultIsolatedNetworkOfferingWithSourceNatService")));
    }

    [Fact]
    public async Task A_domains_limit_holds_for_all_its_accounts_together()
    {
        var domain = await Root.IdOfAsync("listDomains", "Engineering");
        await Root.DoAsync("updateResourceLimit", ("resourcetype", "0"), ("domainid", domain), ("max", "1"));

        await User.RefuseAsync(535, "deployVirtualMachine", await DeploymentAsync());
        await Root.RefuseAsync(431, "updateResourceLimit", ("resourcetype", "0"), ("domainid", domain), ("account", "web-team"), ("max", "2"));
        await Root.RefuseAsync(431, "updateResourceLimit", ("resourcetype", "0"), ("domainid", domain), ("account", "web-team"), ("max", "-1"));
    }

    [Fact]
    public async Task An_account_shows_its_limits_amounts_and_what_is_left()
    {
        await LimitAsync("0", 50);
        var used = await AmountAsync("0");

        var account = (await User.CallAsync("listAccounts")).Items.Single();

        Assert.Equal(("50", $"{used}", $"{50 - used}"), (Text(account, "vmlimit"), Text(account, "vmtotal"), Text(account, "vmavailable")));
        Assert.Equal(("Unlimited", "Unlimited"), (Text(account, "cpulimit"), Text(account, "cpuavailable")));
        Assert.NotEqual("0", Text(account, "cputotal"));
    }

    [Fact]
    public async Task Limits_are_listed_by_number_or_name_and_for_whom_one_may_see()
    {
        await LimitAsync("8", 64);

        Assert.Equal(17, (await User.CallAsync("listResourceLimits")).Items.Count);
        var cpu = (await User.CallAsync("listResourceLimits", ("resourcetypename", "cpu"))).Items.Single();
        Assert.Equal(("64", "8", "web-team"), (Text(cpu, "max"), Text(cpu, "resourcetype"), Text(cpu, "account")));
        await User.RefuseAsync(431, "listResourceLimits", ("resourcetype", "99"));
        await User.RefuseAsync(531, "listResourceLimits", ("account", "admin"), ("domainid", await Root.IdOfAsync("listDomains", "ROOT")));
    }

    [Fact]
    public async Task Only_someone_above_sets_a_limit()
    {
        var domain = await Root.IdOfAsync("listDomains", "Engineering");
        var admin = Root.As(TheCloud.Credentials.DomainAdmin);

        await admin.RefuseAsync(531, "updateResourceLimit", ("resourcetype", "0"), ("domainid", domain), ("max", "5"));
        await Root.RefuseAsync(431, "updateResourceLimit", ("resourcetype", "0"), ("domainid", await Root.IdOfAsync("listDomains", "ROOT")), ("max", "5"));
        await Root.RefuseAsync(431, "updateResourceLimit", ("resourcetype", "0"), ("domainid", domain), ("max", "-2"));
        await Root.RefuseAsync(431, "updateResourceLimit", ("resourcetype", "0"), ("max", "5"));
        await User.RefuseAsync(432, "updateResourceLimit", ("resourcetype", "0"), ("max", "5"));
    }

    private async Task LimitAsync(string type, int max) => await Root.DoAsync(
        "updateResourceLimit", ("resourcetype", type), ("account", "web-team"), ("domainid", await Root.IdOfAsync("listDomains", "Engineering")), ("max", $"{max}"));

    private async Task<long> AmountAsync(string type)
    {
        JsonElement count = (await Root.CallAsync(
            "updateResourceCount", ("resourcetype", type), ("account", "web-team"), ("domainid", await Root.IdOfAsync("listDomains", "Engineering")))).Items.Single();
        return count.GetProperty("resourcecount").GetInt64();
    }
}
