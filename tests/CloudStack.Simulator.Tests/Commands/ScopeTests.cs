using CloudStack.Simulator.Tests.Support;

namespace CloudStack.Simulator.Tests.Commands;

/// <summary>Protocol note, sections 6.4 and 7: who sees what, and who may call what.</summary>
[Trait("Protocol", "6.4")]
[Trait("Protocol", "7")]
[Trait("Protocol", "11.4")]
public sealed class ScopeTests : IDisposable
{
    private readonly SimulatedCloud _cloud = new();
    private readonly SignedCaller _root;
    private readonly SignedCaller _engineer;
    private readonly SignedCaller _user;
    private readonly SignedCaller _other;

    public ScopeTests()
    {
        _root = SignedCaller.Root(_cloud);
        _engineer = _root.As(_cloud.Credentials.DomainAdmin);
        _user = _root.As(_cloud.Credentials.User);
        _other = _root.As(_cloud.Credentials.OtherUser);
    }

    [Fact]
    public async Task Shows_only_the_callers_own_without_listall_to_root_too()
    {
        Assert.Equal(["bastion-01", "monitor-01"], (await _root.CallAsync("listVirtualMachines")).Names);
        Assert.Empty((await _engineer.CallAsync("listVirtualMachines")).Items);
        Assert.Equal(["ledger-01", "ledger-02"], (await _other.CallAsync("listVirtualMachines")).Names);
    }

    [Fact]
    public async Task Shows_with_listall_all_the_caller_may_see_but_no_project()
    {
        var all = (await _root.CallAsync("listVirtualMachines", ("listall", "true"))).Names;
        Assert.Equal(13, all.Count);
        Assert.DoesNotContain("shop-01", all);
        Assert.Equal(9, (await _engineer.CallAsync("listVirtualMachines", ("listall", "true"))).Count);
        Assert.Equal(5, (await _user.CallAsync("listVirtualMachines", ("listall", "true"))).Count);
    }

    [Fact]
    public async Task Shows_a_domain_alone_or_with_those_below()
    {
        var top = await _root.IdOfAsync("listDomains", "ROOT");

        Assert.Equal(2, (await _root.CallAsync("listVirtualMachines", ("domainid", top))).Count);
        Assert.Equal(13, (await _root.CallAsync("listVirtualMachines", ("domainid", top), ("isrecursive", "true"))).Count);
    }

    [Fact]
    public async Task Shows_an_account_of_a_domain()
    {
        var domain = await _root.IdOfAsync("listDomains", "Engineering");

        Assert.Equal(4, (await _root.CallAsync("listVirtualMachines", ("domainid", domain), ("account", "data-team"))).Count);
        Assert.Equal(431, (await _root.CallAsync("listVirtualMachines", ("domainid", domain), ("account", "ledger"))).Status);
        Assert.Equal(431, (await _root.CallAsync("listVirtualMachines", ("account", "data-team"))).Status);
    }

    [Fact]
    public async Task Shows_projects_to_their_members_only()
    {
        var project = await _root.IdOfAsync("listProjects", "Storefront");

        Assert.Equal(["shop-01"], (await _user.CallAsync("listVirtualMachines", ("projectid", project))).Names);
        Assert.Equal(["shop-01"], (await _root.CallAsync("listVirtualMachines", ("projectid", "-1"))).Names);
        Assert.Equal(14, (await _root.CallAsync("listVirtualMachines", ("projectid", "-1"), ("listall", "true"))).Count);
        Assert.Equal(431, (await _root.CallAsync("listVirtualMachines", ("projectid", project), ("account", "admin"))).Status);
        Assert.Equal(531, (await _other.CallAsync("listVirtualMachines", ("projectid", project))).Status);
    }

    [Fact]
    public async Task Refuses_actions_on_what_belongs_to_others()
    {
        var id = await _root.IdOfAsync("listVirtualMachines", "web-01");

        Assert.Contains("does not have permission to operate with resource", await _other.RefuseAsync(531, "stopVirtualMachine", ("id", id)), StringComparison.Ordinal);
        Assert.Empty((await _other.CallAsync("listVirtualMachines", ("id", id))).Items);
    }

    [Fact]
    public async Task Makes_objects_for_the_account_or_project_named()
    {
        var domain = await _root.IdOfAsync("listDomains", "Engineering");
        var project = await _root.IdOfAsync("listProjects", "Storefront");
        var group = await _engineer.FinishAsync(
            "createAffinityGroup", ("name", "a"), ("type", "host affinity"), ("account", "data-team"), ("domainid", domain));
        var shared = await _user.FinishAsync("createAffinityGroup", ("name", "b"), ("type", "host affinity"), ("projectid", project));

        Assert.Equal("data-team", group.GetProperty("account").GetString());
        Assert.Equal("Storefront", shared.GetProperty("project").GetString());
        Assert.False(shared.TryGetProperty("account", out _));
        await _user.RefuseAsync(531, "createAffinityGroup", ("name", "c"), ("type", "host affinity"), ("account", "data-team"), ("domainid", domain));
        await _other.RefuseAsync(531, "createAffinityGroup", ("name", "d"), ("type", "host affinity"), ("projectid", project));
    }

    [Fact]
    public async Task Refuses_commands_that_the_role_lacks()
    {
        Assert.Equal(432, (await _user.CallAsync("createZone")).Status);
        Assert.Equal(432, (await _engineer.CallAsync("updateConfiguration")).Status);
        Assert.Equal(200, (await _engineer.CallAsync("listAccounts")).Status);
    }

    [Fact]
    public async Task Lets_the_roles_own_rules_decide_first()
    {
        var role = (await _root.DoAsync("createRole", ("name", "Watchers"), ("type", "User"))).Item.GetProperty("id").GetString()!;
        await _root.DoAsync("createRolePermission", ("roleid", role), ("rule", "listHosts"), ("permission", "allow"));
        await _root.DoAsync("createRolePermission", ("roleid", role), ("rule", "list*"), ("permission", "deny"));
        await _root.DoAsync("updateAccount", ("id", await _root.IdOfAsync("listAccounts", "ledger")), ("roleid", role));

        Assert.Equal(200, (await _other.CallAsync("listHosts")).Status);
        Assert.Equal(432, (await _other.CallAsync("listZones")).Status);
        Assert.Equal(431, (await _other.CallAsync("stopVirtualMachine")).Status);
    }

    [Fact]
    public async Task Lists_the_apis_that_the_role_may_call_and_the_parameters_it_may_pass()
    {
        var all = await _root.CallAsync("listApis");
        var own = await _user.CallAsync("listApis");

        Assert.True(all.Count > 850);
        Assert.True(own.Count < all.Count);
        Assert.DoesNotContain("createZone", own.Names);
        Assert.DoesNotContain(await ParametersAsync(_user), name => name == "podid");
        Assert.Contains(await ParametersAsync(_root), name => name == "podid");
        Assert.Equal(530, (await _user.CallAsync("listApis", ("name", "createZone"))).Status);

        static async Task<IEnumerable<string?>> ParametersAsync(SignedCaller caller) =>
            (await caller.CallAsync("listApis", ("name", "listVirtualMachines"))).Items[0]
                .GetProperty("params").EnumerateArray().Select(p => p.GetProperty("name").GetString()).ToList();
    }

    [Fact]
    public async Task Filters_by_keyword_name_state_zone_and_tag()
    {
        Assert.Equal(4, (await _root.CallAsync("listVirtualMachines", ("listall", "true"), ("name", "web-"))).Count);
        Assert.Equal(3, (await _root.CallAsync("listVirtualMachines", ("listall", "true"), ("state", "stopped"))).Count);
        Assert.Equal(2, (await _root.CallAsync("listVirtualMachines", ("listall", "true"), ("keyword", "DB-"))).Count);
        Assert.Equal(2, (await _root.CallAsync("listVirtualMachines", ("listall", "true"), ("zoneid", await _root.IdOfAsync("listZones", "ams1")))).Count);
        Assert.Equal(
            ["web-01"],
            (await _root.CallAsync("listVirtualMachines", ("listall", "true"), ("tags[0].key", "role"), ("tags[0].value", "frontend"))).Names);
        Assert.Empty((await _root.CallAsync("listZones", ("name", "fra"))).Items);
    }

    public void Dispose() => _cloud.Dispose();
}
