using System.Text.Json;
using CloudStack.Mcp.Tests.Support;

namespace CloudStack.Mcp.Tests.Protocol;

public sealed class CacheHintTests
{
    [Theory]
    [InlineData("tools/list", "{}", 600_000, "private")]
    [InlineData("prompts/list", "{}", 3_600_000, "public")]
    [InlineData("resources/list", "{}", 3_600_000, "public")]
    [InlineData("resources/templates/list", "{}", 3_600_000, "public")]
    [InlineData("resources/read", """{"uri":"cloudstack://server/coverage"}""", 3_600_000, "public")]
    [InlineData("resources/read", """{"uri":"cloudstack://simulator/virtualmachine/web-01"}""", 0, "private")]
    public async Task An_answer_of_the_newest_revision_says_how_long_it_may_be_kept_and_for_whom(string method, string members, long milliseconds, string scope)
    {
        await using var client = await StatelessClient.StartAsync("pipes");

        var result = (await client.AskAsync(method, members)).GetProperty("result");

        Assert.Equal((milliseconds, scope), (result.GetProperty("ttlMs").GetInt64(), result.GetProperty("cacheScope").GetString()));
    }

    [Fact]
    public async Task An_answer_of_an_older_revision_says_nothing_of_it()
    {
        await using var server = new TestServer();
        var client = await server.ConnectAsync(protocol: "2025-11-25");
        await client.Mcp.ListToolsAsync();

        var listed = client.Messages.Select(message => JsonElement.Parse(message)).Last(message => message.TryGetProperty("result", out _));
        Assert.False(listed.GetProperty("result").TryGetProperty("ttlMs", out _));
    }
}
