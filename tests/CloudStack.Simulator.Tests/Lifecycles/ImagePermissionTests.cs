namespace CloudStack.Simulator.Tests.Lifecycles;

/// <summary>Templates that an account shares with others.</summary>
public sealed class ImagePermissionTests : Scene
{
    [Fact]
    public async Task Shows_and_lends_a_template_to_those_it_was_given_to()
    {
        var (template, dana) = (await PrivateAsync(), await KnownUserAsync("dana"));
        var deployment = await DeploymentAsync(("templateid", template), ("networkids", await NetworkAsync("data-net")));
        await dana.RefuseAsync(531, "deployVirtualMachine", deployment);

        await User.DoAsync("updateTemplatePermissions", ("id", template), ("op", "add"), ("accounts", "data-team"));

        Assert.Equal(["ours"], (await dana.CallAsync("listTemplates", ("templatefilter", "shared"))).Names);
        Assert.Contains("ours", (await dana.CallAsync("listTemplates", ("templatefilter", "executable"))).Names);
        Assert.Empty((await dana.CallAsync("listTemplates", ("templatefilter", "self"))).Items);
        await dana.FinishAsync("deployVirtualMachine", deployment);
        Assert.Equal("data-team", (await User.CallAsync("listTemplatePermissions", ("id", template))).Items[0].GetProperty("account")[0].GetString());

        await User.DoAsync("updateTemplatePermissions", ("id", template), ("op", "remove"), ("accounts", "data-team"));
        Assert.Empty((await dana.CallAsync("listTemplates", ("templatefilter", "shared"))).Items);
        await dana.RefuseAsync(531, "deployVirtualMachine", deployment);
    }

    [Fact]
    public async Task Leaves_changes_to_the_owner()
    {
        var template = await PrivateAsync();
        await User.DoAsync("updateTemplatePermissions", ("id", template), ("op", "add"), ("accounts", "data-team"));
        var dana = await KnownUserAsync("dana");

        await dana.RefuseAsync(531, "updateTemplatePermissions", ("id", template), ("ispublic", "true"));
        await dana.RefuseAsync(531, "updateTemplate", ("id", template), ("name", "mine"));
        await dana.RefuseAsync(531, "deleteTemplate", ("id", template));
    }

    [Fact]
    public async Task Takes_all_back_at_once_and_forgets_accounts_that_go()
    {
        var template = await PrivateAsync();
        await User.DoAsync("updateTemplatePermissions", ("id", template), ("op", "add"), ("accounts", "data-team,engineering-admin"));
        await Root.FinishAsync("deleteAccount", ("id", await Root.IdOfAsync("listAccounts", "data-team")));
        Assert.Equal(1, (await User.CallAsync("listTemplatePermissions", ("id", template))).Items[0].GetProperty("account").GetArrayLength());

        await User.DoAsync("updateTemplatePermissions", ("id", template), ("op", "reset"));

        Assert.False((await User.CallAsync("listTemplatePermissions", ("id", template))).Items[0].TryGetProperty("account", out _));
    }

    [Theory]
    [InlineData("give", "data-team")]
    [InlineData("add", "nobody")]
    [InlineData("add", "ledger")]
    [InlineData(null, "data-team")]
    public async Task Refuses_operations_and_accounts_that_there_are_not(string? operation, string account)
    {
        (string, string)[] permission = [("id", await PrivateAsync()), ("accounts", account)];
        await User.RefuseAsync(431, "updateTemplatePermissions", operation is null ? permission : [.. permission, ("op", operation)]);
    }

    private async Task<string> PrivateAsync() => Id((await User.DoAsync(
        "registerTemplate", ("name", "ours"), ("displaytext", "Ours"), ("format", "QCOW2"), ("hypervisor", "KVM"), ("zoneid", await ZoneAsync()),
        ("url", "https://files.example/ours.qcow2"), ("ostypeid", await Root.IdOfAsync("listOsTypes", "Rocky Linux 9")))).Items[0]);
}
