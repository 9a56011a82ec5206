using CloudStack.Mcp.Tests.Support;

namespace CloudStack.Mcp.Tests.Tools;

public sealed class CloudSearchTests : ServerTest
{
    [Theory]
    [InlineData("delete a vm", "destroyVirtualMachine")]
    [InlineData("create a vm", "deployVirtualMachine")]
    [InlineData("start vm", "startVirtualMachine")]
    [InlineData("restart a machine", "rebootVirtualMachine")]
    [InlineData("grow a disk", "resizeVolume")]
    [InlineData("evacuate a host", "prepareHostForMaintenance")]
    [InlineData("list virtual machines", "listVirtualMachines")]
    [InlineData("list vms", "listVirtualMachines")]
    [InlineData("get_vm", "listVirtualMachines")]
    [InlineData("capacity", "listCapacity")]
    [InlineData("ssh key pair", "listSSHKeyPairs")]
    [InlineData("kubernetes cluster scale", "scaleKubernetesCluster")]
    [InlineData("load balancer rules", "listLoadBalancerRules")]
    [InlineData("vm snapshot", "listVMSnapshot")]
    [InlineData("console of a vm", "createConsoleEndpoint")]
    [InlineData("Stop-CsVirtualMachine", "stopVirtualMachine")]
    [InlineData("list_zones", "listZones")]
    [InlineData("listzones", "listZones")]
    public async Task What_is_meant_is_among_the_first_three(string query, string command)
    {
        var found = await SearchAsync($$"""{"query":"{{query}}"}""");

        Assert.Contains(command, found.Take(3));
    }

    [Fact]
    public async Task The_category_narrows_and_the_limit_limits()
    {
        var found = await SearchAsync("""{"query":"list","category":"network","limit":4}""");

        Assert.Equal(4, found.Count);
        Assert.All(found, name => Assert.Equal("Network", Server.Parts.Parts.Catalog.FindCommand(name)!.Category));
    }

    [Fact]
    public async Task A_hit_says_its_effect_and_what_it_does()
    {
        var hit = (await Client.CallAsync("cloud_search", """{"query":"expunge virtual machine","limit":1}""")).Json.GetProperty("commands")[0];

        Assert.Equal("expungeVirtualMachine", hit.GetProperty("command").GetString());
        Assert.Equal("destroy", hit.GetProperty("effect").GetString());
        Assert.NotEqual("", hit.GetProperty("about").GetString());
    }

    [Fact]
    public async Task Nothing_found_says_what_to_try()
    {
        var answer = await Client.CallAsync("cloud_search", """{"query":"xyzzy frobnitz"}""");

        Assert.Equal(0, answer.Json.GetProperty("commands").GetArrayLength());
        Assert.Contains("other words", answer["next"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_category_is_refused_with_the_closest()
    {
        var answer = await Client.CallAsync("cloud_search", """{"query":"list","category":"Netwrk"}""");

        Assert.True(answer.IsError);
        Assert.Contains("Network", answer.Next, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_huge_query_is_answered_quickly()
    {
        var words = string.Join(' ', Enumerable.Range(0, 1500).Select(i => $"w{i}"));

        var answer = await Client.CallAsync("cloud_search", $$"""{"query":"{{words}}"}""");

        Assert.False(answer.IsError);
    }

    private async Task<IReadOnlyList<string>> SearchAsync(string arguments)
    {
        var answer = await Client.CallAsync("cloud_search", arguments);
        return [.. answer.Json.GetProperty("commands").EnumerateArray().Select(c => c.GetProperty("command").GetString()!)];
    }
}
