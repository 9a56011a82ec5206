using CloudStack.Simulator.Tests.Support;

namespace CloudStack.Simulator.Tests.Protocol;

/// <summary>What each role may call and sees.</summary>
[Trait("Protocol", "7")]
[Trait("Protocol", "11.4")]
public sealed class RoleTests : IDisposable
{
    private readonly SimulatedCloud _cloud = new();

    private SignedCaller Root => SignedCaller.Root(_cloud);

    private SignedCaller User => Root.As(_cloud.Credentials.User);

    [Fact]
    public async Task Shows_where_things_physically_are_to_root_alone()
    {
        foreach (var (list, field) in ((string, string)[])
            [("listVirtualMachines", "hostname"), ("listVirtualMachines", "instancename"), ("listVolumes", "storage"), ("listZones", "dns1")])
        {
            Assert.True((await Root.CallAsync(list, ("listall", "true"))).Items[0].TryGetProperty(field, out _), $"root sees no {field}");
            Assert.False((await User.CallAsync(list, ("listall", "true"))).Items[0].TryGetProperty(field, out _), $"a user sees {field}");
            Assert.False((await Root.As(_cloud.Credentials.DomainAdmin).CallAsync(list, ("listall", "true"))).Items[0].TryGetProperty(field, out _), $"a domain admin sees {field}");
        }
    }

    [Fact]
    public async Task Hides_the_same_fields_in_what_a_job_answers()
    {
        var id = await Root.IdOfAsync("listVirtualMachines", "web-01");

        Assert.False((await User.FinishAsync("rebootVirtualMachine", ("id", id))).TryGetProperty("hostname", out _));
        Assert.True((await Root.FinishAsync("rebootVirtualMachine", ("id", id))).TryGetProperty("hostname", out _));
    }

    [Fact]
    public async Task Lists_the_commands_that_the_role_may_call_and_refuses_the_others()
    {
        var names = (await User.CallAsync("listApis")).Names.ToHashSet();

        Assert.Contains("deployVirtualMachine", names);
        Assert.DoesNotContain("listHosts", names);
        Assert.Equal(432, (await User.CallAsync("listHosts")).Status);
        Assert.True(names.Count < (await Root.CallAsync("listApis")).Count);
    }

    [Fact]
    public async Task Describes_a_command_with_its_parameters_and_nested_answer()
    {
        var api = (await Root.CallAsync("listApis", ("name", "deployVirtualMachine"))).Items.Single();
        var zone = api.GetProperty("params").EnumerateArray().Single(p => p.GetProperty("name").GetString() == "zoneid");
        var nic = api.GetProperty("response").EnumerateArray().Single(f => f.GetProperty("name").GetString() == "nic");

        Assert.True(api.GetProperty("isasync").GetBoolean());
        Assert.NotEmpty(api.GetProperty("description").GetString()!);
        Assert.Equal((true, "uuid"), (zone.GetProperty("required").GetBoolean(), zone.GetProperty("type").GetString()));
        Assert.Contains("ipaddress", nic.GetProperty("response").EnumerateArray().Select(f => f.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task Decides_by_the_first_rule_that_matches()
    {
        var role = (await Root.DoAsync("createRole", ("name", "Auditor"), ("type", "User"))).Item.GetProperty("id").GetString()!;
        foreach (var (rule, permission) in ((string, string)[])[("listVirtualMachines", "deny"), ("list*", "allow"), ("*", "deny")])
        {
            await Root.DoAsync("createRolePermission", ("roleid", role), ("rule", rule), ("permission", permission));
        }

        var account = (await Root.CallAsync("listAccounts", ("listall", "true"), ("name", "web-team"))).Items.Single().GetProperty("id").GetString()!;
        await Root.DoAsync("updateAccount", ("id", account), ("roleid", role));

        int[] statuses = [(await User.CallAsync("listVirtualMachines")).Status, (await User.CallAsync("listVolumes")).Status, (await User.PostAsync("createVolume")).Status];

        Assert.Equal([432, 200, 432], statuses);
    }

    public void Dispose() => _cloud.Dispose();
}
