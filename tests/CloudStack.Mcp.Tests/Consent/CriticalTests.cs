using CloudStack.Mcp.Connections;
using CloudStack.Mcp.Server.Consent;
using CloudStack.Mcp.Tests.Support;

namespace CloudStack.Mcp.Tests.Consent;

public sealed class CriticalByDefaultTests : ServerTest
{
    [Fact]
    public async Task A_critical_change_is_denied_where_nobody_can_be_asked()
    {
        using var nothing = new NothingChanged(Server);

        var answer = await Client.ChangeAsync("deleteAccount", """{"id":"web-team"}""");

        Assert.True(answer.IsError);
        Assert.Equal("DeniedByPolicy", answer.Cause);
        Assert.Contains("--confirm critical=token", answer.Next, StringComparison.Ordinal);
    }
}

public sealed class CriticalByTokenTests : ServerTest
{
    private const string Account = """{"id":"ledger"}""";

    private protected override ServerSettings Settings => new() { Policy = ConfirmationPolicy.Parse(["critical=token"]) };

    [Fact]
    public async Task A_critical_change_needs_the_token_and_the_targets_name_typed()
    {
        var asked = await Client.ChangeAsync("deleteAccount", Account);
        Assert.Contains("'typed'", asked["next"], StringComparison.Ordinal);

        using (new NothingChanged(Server))
        {
            foreach (var typed in new[] { "", ",\"typed\":\"Ledger\"", ",\"typed\":\"deleteAccount\"" })
            {
                var refused = await Client.ChangeAsync("deleteAccount", Account, $$""","confirm":"{{asked["token"]}}" {{typed}}""");
                Assert.Equal("NotConfirmed", refused.Cause);
            }
        }

        var done = await Client.ChangeAsync("deleteAccount", Account, $$""","confirm":"{{asked["token"]}}","typed":"ledger" """);
        Assert.Equal("done", done["status"]);
    }

    [Fact]
    public async Task A_typed_name_without_a_token_confirms_nothing()
    {
        using var nothing = new NothingChanged(Server);

        var answer = await Client.ChangeAsync("deleteAccount", Account, ""","typed":"ledger" """);

        Assert.StartsWith("not confirmed", answer["status"], StringComparison.Ordinal);
    }
}
