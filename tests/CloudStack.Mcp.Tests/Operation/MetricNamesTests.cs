using System.Text.RegularExpressions;
using CloudStack.Mcp.Authentication;
using CloudStack.Mcp.Tests.Support;

namespace CloudStack.Mcp.Tests.Operation;

/// <summary>The table of metrics in the documentation, against what a server that has done everything gives.</summary>
public sealed partial class MetricNamesTests
{
    [Fact]
    public async Task The_documentation_names_each_metric_with_its_labels_as_they_come()
    {
        var key = ApiKey.New();
        await using var server = await OperatedServer.StartAsync($$"""
            "callers": { "keys": [{ "name": "admin", "hash": "{{ApiKey.Hash(key)}}", "roles": ["admin"] }] }
            """);
        var client = await server.ConnectAsync(key);
        await server.GetAsync("/health/ready");
        await server.GetAsync("/metrics", "nobody's key");
        await client.ReadAsync("listVirtualMachines", """{"zoneid":"fra1"}""");
        await client.ChangeAsync("stopVirtualMachine", """{"id":"web-01"}""");

        var come = Measured((await server.GetAsync("/metrics", key)).Body);

        Assert.Equal(Documented(), come);
    }

    // Each name with its labels, in the order of names.
    private static List<string> Measured(string text) =>
        [.. TypeLine().Matches(text).Select(line => line.Groups[1].Value).Order(StringComparer.Ordinal).Select(name => Row(name, LabelsOf(text, name)))];

    private static IEnumerable<string> LabelsOf(string text, string name) => Regex
        .Matches(text, $@"^{name}(?:_bucket|_sum|_count)?\{{(.*)\}} ", RegexOptions.Multiline)
        .SelectMany(line => Label().Matches(line.Groups[1].Value)).Select(label => label.Groups[1].Value).Where(label => label != "le");

    private static List<string> Documented()
    {
        var section = File.ReadAllText(Path.Combine(TestPaths.Root, "docs/operating.md")).Split("\n## Metrics\n")[1].Split("\n## ")[0];
        var rows = section.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('|'));
        return [.. rows
            .SelectMany(row => Quoted().Matches(row[1]).Select(name => (Name: name.Groups[1].Value, Labels: Quoted().Matches(row[2]).Select(l => l.Groups[1].Value))))
            .OrderBy(row => row.Name, StringComparer.Ordinal).Select(row => Row(row.Name, row.Labels))];
    }

    private static string Row(string name, IEnumerable<string> labels) => $"{name} {string.Join(' ', labels.Distinct().Order(StringComparer.Ordinal))}";

    [GeneratedRegex("^# TYPE ([a-z_]+) ", RegexOptions.Multiline)]
    private static partial Regex TypeLine();

    [GeneratedRegex("([a-z_]+)=\"")]
    private static partial Regex Label();

    [GeneratedRegex("`([a-z_]+)`")]
    private static partial Regex Quoted();
}
