using CloudStack.Mcp.Tests.Support;

namespace CloudStack.Mcp.Tests.Tools;

public sealed class CloudChangeTests : ServerTest
{
    [Fact]
    public async Task A_machine_is_deployed_by_names_and_the_answer_is_the_machine_with_the_same_in_powershell()
    {
        var answer = await Client.ChangeAsync(
            "deployVirtualMachine", """{"zoneid":"fra1","serviceofferingid":"Small","templateid":"Debian 12","name":"web-09","displayname":"It's new"}""");

        Assert.False(answer.IsError, answer.Text);
        Assert.Equal("done", answer["status"]);
        Assert.Equal("web-09", answer.Json.GetProperty("result").GetProperty("name").GetString());
        Assert.Equal("Running", answer.Json.GetProperty("result").GetProperty("state").GetString());
        Assert.True(Guid.TryParse(answer["job"], out _));
        Assert.Equal(
            "New-CsVirtualMachine -ZoneId 'fra1' -ServiceOfferingId 'Small' -TemplateId 'Debian 12' -Name 'web-09' -DisplayName 'It''s new'", answer["powershell"]);
    }

    [Fact]
    public async Task A_change_is_on_record_with_its_caller_and_outcome()
    {
        await Client.ChangeAsync("createSSHKeyPair", """{"name":"audited"}""");

        Assert.Equal(["Begin", "End"], Server.Audit.Records.Select(r => r.Phase.ToString()));
        Assert.All(Server.Audit.Records, r => Assert.Equal(("mcp:test", "simulator", "createSSHKeyPair"), (r.Caller, r.Profile, r.Command)));
        Assert.Equal("completed", Server.Audit.Records[1].Outcome);
    }

    [Fact]
    public async Task A_secret_that_the_command_is_for_is_answered_once()
    {
        var answer = await Client.ChangeAsync("createSSHKeyPair", """{"name":"mine"}""");

        Assert.Contains("PRIVATE KEY", answer.Json.GetProperty("result").GetProperty("privatekey").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_argument_stays_out_of_the_powershell_line()
    {
        var answer = await Client.ChangeAsync(
            "createUser",
            """{"account":"admin","email":"a@b.example","firstname":"A","lastname":"B","password":"hush-hush","username":"ab"}""");

        Assert.False(answer.IsError, answer.Text);
        Assert.DoesNotContain("hush-hush", answer.Text, StringComparison.Ordinal);
        Assert.Contains("-Password (Read-Host -AsSecureString)", answer["powershell"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_names_the_servers_text_and_what_to_do()
    {
        using var nothing = new NothingChanged(Server);

        var answer = await Client.ChangeAsync("startVirtualMachine", """{"id":"web-01"}""");

        Assert.True(answer.IsError);
        Assert.Contains("is in state Running", answer.Message, StringComparison.Ordinal);
        Assert.NotEqual("", answer.Next);
        Assert.Equal("startVirtualMachine", answer.Error.GetProperty("command").GetString());
    }

    [Fact]
    public async Task Reading_with_cloud_change_and_changing_with_cloud_read_are_refused_before_anything_is_sent()
    {
        using var nothing = new NothingChanged(Server) { NorSent = true };

        var read = await Client.ChangeAsync("listZones");
        var change = await Client.ReadAsync("createSSHKeyPair", """{"name":"x"}""");

        Assert.Contains("cloud_read", read.Next, StringComparison.Ordinal);
        Assert.Contains("cloud_change", change.Next, StringComparison.Ordinal);
    }
}
