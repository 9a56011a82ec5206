using CloudStack.Mcp.Tests.Support;

namespace CloudStack.Mcp.Tests.Consent;

public sealed class TokenTests : ServerTest
{
    private const string Destroy = """{"id":"web-03"}""";

    [Fact]
    public async Task A_destruction_is_first_described_then_done_with_the_token()
    {
        Answer asked;
        using (new NothingChanged(Server))
        {
            asked = await Client.ChangeAsync("destroyVirtualMachine", Destroy);
        }

        var done = await ConfirmAsync("destroyVirtualMachine", Destroy, asked["token"]);

        Assert.False(asked.IsError);
        Assert.StartsWith("not confirmed", asked["status"], StringComparison.Ordinal);
        Assert.StartsWith("web-03 (VirtualMachine ", asked["target"], StringComparison.Ordinal);
        Assert.Equal("destroy", asked["effect"]);
        Assert.NotEqual("", asked["warning"]);
        Assert.Contains("'confirm'", asked["next"], StringComparison.Ordinal);
        Assert.Equal("done", done["status"]);
        Assert.Equal("Destroyed", done.Json.GetProperty("result").GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_token_works_once()
    {
        var stop = """{"id":"web-02","forced":true}""";
        var token = (await Client.ChangeAsync("stopVirtualMachine", stop))["token"];
        await ConfirmAsync("stopVirtualMachine", stop, token);
        await Client.ChangeAsync("startVirtualMachine", """{"id":"web-02"}""");

        await RefusedAsync(() => ConfirmAsync("stopVirtualMachine", stop, token), "used before");

        Assert.Equal("Running", await StateOfAsync("web-02"));
    }

    [Fact]
    public async Task A_token_expires()
    {
        var token = (await Client.ChangeAsync("destroyVirtualMachine", Destroy))["token"];
        Time.Advance(TimeSpan.FromMinutes(5));

        await RefusedAsync(() => ConfirmAsync("destroyVirtualMachine", Destroy, token), "expired");
    }

    [Theory]
    [InlineData("""{"id":"web-02"}""", "other arguments")]
    [InlineData("""{"id":"web-03","expunge":true}""", "other arguments")]
    public async Task A_token_is_good_for_its_own_arguments_only(string arguments, string why)
    {
        var token = (await Client.ChangeAsync("destroyVirtualMachine", Destroy))["token"];

        await RefusedAsync(() => ConfirmAsync("destroyVirtualMachine", arguments, token), why);
    }

    [Fact]
    public async Task A_token_is_good_for_its_own_command_only()
    {
        var token = (await Client.ChangeAsync("stopVirtualMachine", """{"id":"web-03"}"""))["token"];

        await RefusedAsync(() => ConfirmAsync("destroyVirtualMachine", Destroy, token), "other arguments");
    }

    [Fact]
    public async Task A_token_is_good_for_its_own_tool_only()
    {
        var token = (await Client.ChangeAsync("destroyVirtualMachine", Destroy))["token"];

        await RefusedAsync(
            () => Client.CallAsync("destroy_virtual_machine", $$"""{"id":"web-03","confirm":"{{token}}"}"""), "another command");
    }

    [Fact]
    public async Task A_token_is_good_for_its_own_caller_only()
    {
        var token = (await Client.ChangeAsync("destroyVirtualMachine", Destroy))["token"];
        var other = await Server.ConnectAsync("somebody-else");

        await RefusedAsync(() => ConfirmAsync("destroyVirtualMachine", Destroy, token, other), "another caller");
    }

    [Fact]
    public async Task A_token_changed_in_any_place_is_refused()
    {
        var token = (await Client.ChangeAsync("destroyVirtualMachine", Destroy))["token"];
        for (var i = 0; i < token.Length; i += 37)
        {
            var forged = token[..i] + (token[i] == 'A' ? 'B' : 'A') + token[(i + 1)..];
            await RefusedAsync(() => ConfirmAsync("destroyVirtualMachine", Destroy, forged), "not one of this server's");
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("yes")]
    [InlineData("true")]
    [InlineData("../../etc/passwd")]
    public async Task Anything_else_is_no_token(string text) =>
        await RefusedAsync(() => ConfirmAsync("destroyVirtualMachine", Destroy, text), "not one of this server's");

    [Fact]
    public async Task A_token_of_another_server_is_refused()
    {
        await using var other = new TestServer();
        var theirs = (await (await other.ConnectAsync()).ChangeAsync("destroyVirtualMachine", Destroy))["token"];

        await RefusedAsync(() => ConfirmAsync("destroyVirtualMachine", Destroy, theirs), "not one of this server's");
    }

    [Fact]
    public async Task A_token_is_refused_where_the_name_has_come_to_mean_another_machine()
    {
        const string deleteDisk = """{"id":"scratch"}""";
        var token = (await Client.ChangeAsync("destroyVolume", deleteDisk))["token"];
        await RenameAsync("scratch", "scratch-old");
        await RenameAsync("db-01-data", "scratch");

        await RefusedAsync(() => ConfirmAsync("destroyVolume", deleteDisk, token), "other arguments");
    }

    [Fact]
    public async Task What_was_deferred_and_what_was_done_are_both_on_record()
    {
        var token = (await Client.ChangeAsync("destroyVirtualMachine", Destroy))["token"];
        await ConfirmAsync("destroyVirtualMachine", Destroy, token);

        Assert.Equal(["deferred", "approved", "approved"], Server.Audit.Records.Select(r => r.Confirmation));
        Assert.Equal(["deferred", null, "completed"], Server.Audit.Records.Select(r => r.Outcome));
    }

    private async Task RenameAsync(string volume, string name)
    {
        var rename = $$"""{"id":"{{volume}}","name":"{{name}}"}""";
        var asked = await Client.ChangeAsync("updateVolume", rename);
        var done = asked.Has("token") ? await ConfirmAsync("updateVolume", rename, asked["token"]) : asked;
        Assert.Equal("done", done["status"]);
    }

    private Task<Answer> ConfirmAsync(string command, string arguments, string token, TestClient? client = null) =>
        (client ?? Client).ChangeAsync(command, arguments, $$""","confirm":"{{token}}" """);

    private async Task RefusedAsync(Func<Task<Answer>> call, string why)
    {
        using var nothing = new NothingChanged(Server);
        var answer = await call();
        Assert.True(answer.IsError, answer.Text);
        Assert.Equal("NotConfirmed", answer.Cause);
        Assert.Contains(why, answer.Message, StringComparison.Ordinal);
        Assert.NotEqual("", answer.Next);
    }
}
