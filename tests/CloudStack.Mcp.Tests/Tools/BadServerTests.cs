using CloudStack.Mcp.Tests.Support;
using CloudStack.Simulator;

namespace CloudStack.Mcp.Tests.Tools;

/// <summary>A server that misbehaves is told from one that refuses, and what may have been done is never hidden.</summary>
public sealed class BadServerTests : ServerTest
{
    private const string Key = """{"name":"x"}""";

    [Fact]
    public async Task An_html_answer_is_called_that()
    {
        using var nothing = new NothingChanged(Server);
        Server.Cloud.Faults.Inject(new SimulatorFault(FaultKind.HtmlPage) { Times = 100, Status = 200 });

        var answer = await Client.ReadAsync("listZones");

        Assert.Equal("BadAnswer", answer.Cause);
        Assert.Contains("web page", answer.Message, StringComparison.Ordinal);
        Assert.NotEqual("", answer.Next);
    }

    [Fact]
    public async Task An_empty_answer_to_a_read_changes_nothing()
    {
        using var nothing = new NothingChanged(Server);
        Server.Cloud.Faults.Inject(new SimulatorFault(FaultKind.EmptyBody) { Times = 100 });

        var answer = await Client.ReadAsync("listZones");

        Assert.True(answer.IsError);
        Assert.Contains("empty", answer.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task An_empty_answer_to_a_change_says_that_the_outcome_is_unknown_and_sends_it_once()
    {
        Server.Cloud.Faults.Inject(new SimulatorFault(FaultKind.EmptyBody) { Command = "createSSHKeyPair", Times = 100 });

        var answer = await Client.ChangeAsync("createSSHKeyPair", Key);

        Assert.True(answer.IsError);
        Assert.Equal("OutcomeUnknown", answer.Cause);
        Assert.Single(Server.Commands, "createSSHKeyPair");
        Assert.NotEqual("", answer.Next);
    }

    [Fact]
    public async Task A_refusal_is_passed_on_with_the_servers_own_words()
    {
        using var nothing = new NothingChanged(Server);
        Server.Cloud.Faults.Inject(new SimulatorFault(FaultKind.Refuse) { Command = "createSSHKeyPair", Status = 531, Times = 100 });

        var answer = await Client.ChangeAsync("createSSHKeyPair", Key);

        Assert.Equal("Forbidden", answer.Cause);
        Assert.Equal(531, answer.Error.GetProperty("http").GetInt32());
    }

    [Fact]
    public async Task A_broken_connection_to_a_read_is_tried_again()
    {
        Server.Cloud.Faults.Inject(new SimulatorFault(FaultKind.DropRequest) { Times = 1 });

        Assert.Equal("2", (await Client.ReadAsync("listZones"))["count"]);
    }
}
