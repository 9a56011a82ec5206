using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;

namespace CloudStack.Mcp.Tests.Conformance;

/// <summary>The protocol's types, read from JSON.</summary>
internal static class FixtureJson
{
    public static T As<T>(JsonNode node) => node.Deserialize<T>(McpJsonUtilities.DefaultOptions)!;
}
