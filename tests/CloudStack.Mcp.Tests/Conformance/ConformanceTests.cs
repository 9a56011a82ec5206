using System.Text.RegularExpressions;
using CloudStack.Mcp.Http;
using CloudStack.Mcp.Tests.Support;
using Xunit.Abstractions;

namespace CloudStack.Mcp.Tests.Conformance;

/// <summary>The protocol's public conformance suite, against our HTTP host and server with the suite's fixtures before the tools.</summary>
public sealed partial class ConformanceTests(ITestOutputHelper output)
{
    [NodeFact(nameof(NodeTools.Conformance))]
    public Task Every_server_scenario_that_2025_11_25_requires_passes() => AssertPassesAsync("2025-11-25", scenarios: 30);

    [NodeFact(nameof(NodeTools.Conformance))]
    public Task Every_server_scenario_that_2026_07_28_requires_passes() => AssertPassesAsync("2026-07-28", scenarios: 37);

    [GeneratedRegex(@"\x1b\[[0-9;]*m")]
    private static partial Regex Colour { get; }

    [GeneratedRegex(@"✓ (\S+): \d+ passed, 0 failed")]
    private static partial Regex Passed { get; }

    [GeneratedRegex(@"[✓✗] (\S+) \((?:extension|pending|added-after-release)\)")]
    private static partial Regex NotScored { get; }

    private async Task AssertPassesAsync(string revision, int scenarios)
    {
        await using var server = new TestServer();
        var mcp = server.Parts.ToMcp(null);
        var fixtures = new Fixtures();
        await using var host = await HttpHost.StartAsync(
            new HttpSettings(), _ => fixtures.AddTo(mcp.Options()), compose: null, logger: null, CancellationToken.None);

        var run = await NodeTools.Conformance.RunAsync(
            "node_modules/@modelcontextprotocol/conformance/dist/index.js", "server", "--url", host.Url.AbsoluteUri, "--requirements", revision);

        var said = Colour.Replace(run.Output, "");
        output.WriteLine(said);
        Assert.True(run.ExitCode == 0, said + run.Error);
        var passed = Passed.Matches(said).Select(scenario => scenario.Groups[1].Value);
        Assert.Equal(scenarios, passed.Except(NotScored.Matches(said).Select(scenario => scenario.Groups[1].Value)).Count());
    }
}
