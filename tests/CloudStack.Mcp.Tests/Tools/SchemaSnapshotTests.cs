using System.Text.Encodings.Web;
using System.Text.Json;
using CloudStack.Mcp.Tests.Support;
using ModelContextProtocol;

namespace CloudStack.Mcp.Tests.Tools;

/// <summary>
/// Every direct tool as clients see it, one file a toolset and one line a tool, so that no change of a name, schema or hint
/// goes unseen. <c>UPDATE_SNAPSHOTS=1</c> writes them.
/// </summary>
public sealed class SchemaSnapshotTests
{
    private static readonly JsonSerializerOptions OneLine = new(McpJsonUtilities.DefaultOptions)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static string Folder => Path.Combine(TestPaths.Project, "Snapshots", "Toolsets");

    [Fact]
    public async Task Every_direct_tool_is_that_of_its_toolsets_snapshot()
    {
        await using var server = new TestServer();
        var parts = server.Parts.Parts;
        var toolsets = parts.Manifest.Tools
            .Where(m => !parts.Catalog.FindCommand(m.Command)!.IsAuthenticator)
            .GroupBy(m => m.Toolset, m => JsonSerializer.Serialize(server.Parts.Tools.Find(m.Name)!.Definition.ToProtocol(), OneLine))
            .ToDictionary(g => g.Key + ".jsonl", g => string.Join('\n', g.Order(StringComparer.Ordinal)) + "\n");

        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
        {
            Directory.CreateDirectory(Folder);
            foreach (var old in Directory.EnumerateFiles(Folder))
            {
                File.Delete(old);
            }

            foreach (var (name, lines) in toolsets)
            {
                await File.WriteAllTextAsync(Path.Combine(Folder, name), lines);
            }

            return;
        }

        Assert.Equal(Directory.EnumerateFiles(Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal), toolsets.Keys.Order(StringComparer.Ordinal));
        foreach (var (name, lines) in toolsets)
        {
            Assert.Equal((await File.ReadAllTextAsync(Path.Combine(Folder, name))).Split('\n'), lines.Split('\n'));
        }
    }
}
