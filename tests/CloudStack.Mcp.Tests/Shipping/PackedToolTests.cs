using System.Text.Json;
using System.Xml.Linq;
using CloudStack.Mcp.Server.Protocol;
using CloudStack.Mcp.Tests.Engines;

namespace CloudStack.Mcp.Tests.Shipping;

/// <summary>The package <c>cloudstack-mcp</c> as somebody gets it who installs it as a .NET tool.</summary>
[Collection(SdkCollection.Name)]
public sealed class PackedToolTests(PackedTool tool) : IClassFixture<PackedTool>, IDisposable
{
    private const string Greeting = """
        {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"raw","version":"1"}}}
        {"jsonrpc":"2.0","method":"notifications/initialized"}

        """;

    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("cloudstack-home-");

    public void Dispose() => _home.Delete(recursive: true);

    [Fact]
    public async Task The_installed_tool_tells_its_version()
    {
        var run = await Sdk.RunAsync(tool.Program, ["--version"]);

        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith(CloudMcpServer.Version, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_installed_tool_greets_a_client_and_ends_with_its_input()
    {
        var run = await Sdk.RunAsync(tool.Program, ["serve", "--simulator"], Greeting, _home.FullName);

        var answer = JsonElement.Parse(run.Output.Split('\n')[0]).GetProperty("result");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal("cloudstack-mcp", answer.GetProperty("serverInfo").GetProperty("name").GetString());
        Assert.Equal("2025-11-25", answer.GetProperty("protocolVersion").GetString());
    }

    [HostedFact]
    public async Task The_installed_tool_carries_the_module_that_the_PowerShell_engine_needs()
    {
        var run = await Sdk.RunAsync(tool.Program, ["doctor", "--simulator", "--json"], home: _home.FullName);

        var module = JsonElement.Parse(run.Output).GetProperty("checks").EnumerateArray().Single(c => c.GetProperty("check").GetString() == "module");
        Assert.Equal("ok", module.GetProperty("status").GetString());
    }

    [Fact]
    public void Galleries_list_it_as_a_tool_and_as_an_MCP_server()
    {
        var types = XDocument.Parse(tool.Read("cloudstack-mcp.nuspec")).Descendants().Where(e => e.Name.LocalName == "packageType");

        Assert.Equal(["DotnetTool", "McpServer"], types.Select(t => t.Attribute("name")!.Value));
    }

    [Fact]
    public void The_registrys_entry_and_the_readme_bear_the_publishers_name()
    {
        var server = JsonElement.Parse(tool.Read(".mcp/server.json"));

        Assert.Empty(RegistryRules.Problems(server));
        Assert.Equal(PackedTool.RegistryName, server.GetProperty("name").GetString());
        Assert.Contains($"mcp-name: {PackedTool.RegistryName} ", tool.Read("README.md"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_the_registry_would_refuse_is_refused_when_packing()
    {
        var run = await tool.PackAsync("-p:McpRegistryName=no-namespace");

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("McpRegistryName must be a namespace, a slash and a name", run.Output, StringComparison.Ordinal);
    }
}
