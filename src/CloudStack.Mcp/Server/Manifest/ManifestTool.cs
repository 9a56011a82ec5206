using System.Text.Json;

namespace CloudStack.Mcp.Server.Manifest;

/// <summary>One direct tool as the catalog compiler wrote it.</summary>
/// <param name="Name">The tool's name in snake case.</param>
/// <param name="Title">The cmdlet's name, or null.</param>
/// <param name="Command">The API name.</param>
/// <param name="Toolset">The toolset it belongs to.</param>
/// <param name="Description">One sentence; empty where no words are written yet.</param>
/// <param name="InputSchema">The JSON schema of the command's arguments.</param>
internal sealed record ManifestTool(
    string Name, string? Title, string Command, string Toolset, string Description, JsonElement InputSchema)
{
    public static ManifestTool Read(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line);
        var tool = JsonElement.ParseValue(ref reader);
        return new ManifestTool(
            tool.GetProperty("name").GetString()!,
            Text(tool, "title"),
            tool.GetProperty("command").GetString()!,
            tool.GetProperty("toolset").GetString()!,
            Text(tool, "description") ?? "",
            tool.GetProperty("inputSchema"));
    }

    private static string? Text(JsonElement tool, string name) => tool.TryGetProperty(name, out var value) ? value.GetString() : null;
}
