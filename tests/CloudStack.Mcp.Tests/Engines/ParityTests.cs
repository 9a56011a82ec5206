using System.Text.RegularExpressions;
using CloudStack.Mcp.Tests.Support;
using Xunit.Abstractions;

namespace CloudStack.Mcp.Tests.Engines;

/// <summary>Both engines give the same answers: to every read, to changes, jobs, mistakes and confirmations.</summary>
public sealed partial class ParityTests(TwoEngines engines, ITestOutputHelper output) : IClassFixture<TwoEngines>
{
    [HostedFact]
    public async Task Every_read_that_needs_no_argument_is_answered_alike()
    {
        var commands = engines.Direct.Parts.Parts.Catalog.Commands
            .Where(c => c.IsRead && !c.IsAuthenticator && !c.Parameters.Any(p => p.Required)).Select(c => c.Name).ToList();
        foreach (var command in commands)
        {
            await AssertAlikeAsync("cloud_read", $$"""{"command":"{{command}}"}""");
        }

        output.WriteLine($"{commands.Count} reads were answered alike.");
        Assert.True(commands.Count > 200);
    }

    private async Task<Answer> AssertAlikeAsync(string tool, string arguments)
    {
        var (direct, hosted) = await engines.CallAsync(tool, arguments);

        Assert.True(Plain(direct) == Plain(hosted), $"{tool} {arguments}\ndirect: {direct.Text}\nhosted: {hosted.Text}");
        return direct;
    }

    // Tokens are sealed with each server's own key.
    private static string Plain(Answer answer) => $"{answer.IsError} {Token().Replace(answer.Text, "\"token\":\"…\"")}";

    [GeneratedRegex("\"token\":\"[^\"]+\"")]
    private static partial Regex Token();
}
