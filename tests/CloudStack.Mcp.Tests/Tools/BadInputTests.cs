using CloudStack.Mcp.Tests.Support;

namespace CloudStack.Mcp.Tests.Tools;

/// <summary>Each wrong input gets one clear error that names the cause and the next step, and changes nothing.</summary>
public sealed class BadInputTests : ServerTest
{
    private const string Deploy = "\"zoneid\":\"fra1\",\"serviceofferingid\":\"Small\",\"templateid\":\"Debian 12\"";

    [Theory]
    [InlineData("cloud_search", """{}""", "'query' is required")]
    [InlineData("cloud_search", """{"query":7}""", "'query' must be a text")]
    [InlineData("cloud_search", """{"query":"x","limit":51}""", "'limit' must be an integer from 1 to 50")]
    [InlineData("cloud_search", """{"query":"x","limit":1.5}""", "'limit' must be an integer")]
    [InlineData("cloud_search", """{"query":"x","limt":5}""", "there is no argument 'limt'; did you mean 'limit'?")]
    [InlineData("cloud_describe", """{"command":""}""", "'command' must not be empty")]
    [InlineData("cloud_read", """{"command":"listZones","arguments":[1]}""", "'arguments' must be an object")]
    [InlineData("cloud_read", """{"command":"listZones","fields":"name"}""", "'fields' must be an array of texts")]
    [InlineData("cloud_read", """{"command":"listZones","fields":["nmae"]}""", "did you mean 'name'")]
    [InlineData("cloud_read", """{"command":"listZones","cursor":"abc"}""", "The cursor doesn't belong to this list")]
    [InlineData("cloud_change", """{"command":"createSSHKeyPair","confirm":true}""", "'confirm' must be a text")]
    [InlineData("cloud_job", """{"job":["x"]}""", "'job' must be a text")]
    [InlineData("cloud_read", """{"command":7,"limit":0,"x":1}""", "'command' must be a text; 'limit' must be an integer from 1 to 1000; there is no argument 'x'")]
    public async Task A_tools_own_arguments_are_checked_and_all_problems_named(string tool, string arguments, string problem) =>
        await AssertRefusedAsync(() => Client.CallAsync(tool, arguments), "InvalidArgument", problem, sent: false);

    [Theory]
    [InlineData("listZoness", "UnknownCommand", "listZones")]
    [InlineData("Get-CsZonee", "UnknownCommand", "Get-CsZone")]
    [InlineData("list_vms", "UnknownCommand", "listVirtualMachines")]
    [InlineData("deployVM", "UnknownCommand", "deployVirtualMachine")]
    [InlineData("restart_vm", "UnknownCommand", "rebootVirtualMachine")]
    [InlineData("Stop-CsMachine", "UnknownCommand", "Stop-CsVirtualMachine")]
    [InlineData("xyzzyplugh", "UnknownCommand", "")]
    public async Task An_unknown_command_names_the_closest(string command, string cause, string closest)
    {
        var answer = await AssertRefusedAsync(() => Client.ReadAsync(command), cause, command, sent: false);

        Assert.Contains(closest, answer.Next, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("createSSHKeyPair", """{"name":"x","colour":"red"}""", "there is no parameter 'colour'")]
    [InlineData("createSSHKeyPair", """{"nmae":"x"}""", "did you mean 'Name'")]
    [InlineData("createSSHKeyPair", """{}""", "'Name' is required")]
    [InlineData("createSSHKeyPair", """{"name":""}""", "'Name' is required")]
    [InlineData("createSSHKeyPair", """{"name":["a","b"]}""", "'Name'")]
    [InlineData("deployVirtualMachine", "{" + Deploy + ",\"startvm\":\"perhaps\"}", "'StartVm'")]
    [InlineData("deployVirtualMachine", "{" + Deploy + ",\"rootdisksize\":\"large\"}", "'RootDiskSize'")]
    [InlineData("deployVirtualMachine", "{" + Deploy + ",\"leaseexpiryaction\":\"EXPLODE\"}", "'LeaseExpiryAction'")]
    [InlineData("createVMSchedule", """{"virtualmachineid":"web-01","action":"STOP","schedule":"0 1 * * *","timezone":"UTC","startdate":"tomorrow"}""", "'StartDate'")]
    public async Task A_wrong_argument_is_named_and_nothing_is_sent(string command, string arguments, string problem) =>
        await AssertRefusedAsync(() => Client.ChangeAsync(command, arguments), "InvalidArgument", problem, sent: false);

    [Fact]
    public async Task A_wrong_uuid_is_named_where_no_name_can_stand_for_it() => await AssertRefusedAsync(
        () => Client.ReadAsync("queryAsyncJobResult", """{"jobid":"not-a-uuid"}"""), "InvalidArgument", "'JobId'", sent: false);

    [Fact]
    public async Task All_problems_are_named_at_once()
    {
        var answer = await Client.ChangeAsync("deployVirtualMachine", """{"rootdisksize":"large","colour":"red"}""");

        foreach (var name in new[] { "ZoneId", "ServiceOfferingId", "RootDiskSize", "colour" })
        {
            Assert.Contains(name, answer.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_name_that_matches_nothing_says_so() => await AssertRefusedAsync(
        () => Client.ChangeAsync("rebootVirtualMachine", """{"id":"web-99"}"""), "NotFound", "there is no 'web-99'", sent: true);

    [Fact]
    public async Task A_name_that_matches_several_lists_them()
    {
        await Client.ChangeAsync("createVolume", """{"name":"scratch","zoneid":"fra1","diskofferingid":"Disk 20 GB"}""");

        var answer = await AssertRefusedAsync(
            () => Client.ChangeAsync("attachVolume", """{"id":"scratch","virtualmachineid":"web-01"}"""), "Ambiguous", "'scratch'", sent: true);

        Assert.True(answer.Next.Split(';').Length >= 2);
    }

    private async Task<Answer> AssertRefusedAsync(Func<Task<Answer>> call, string cause, string problem, bool sent)
    {
        using var nothing = new NothingChanged(Server) { NorSent = !sent };
        var answer = await call();
        Assert.True(answer.IsError, answer.Text);
        Assert.Equal(cause, answer.Cause);
        Assert.Contains(problem, answer.Message + answer.Next, StringComparison.Ordinal);
        Assert.NotEqual("", answer.Next);
        return answer;
    }
}
