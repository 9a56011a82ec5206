using System.Text.Json;
using CloudStack.Mcp.Tests.Support;

namespace CloudStack.Mcp.Tests.CommandLine;

public sealed class ServeCommandTests
{
    private const string Initialize =
        """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"raw","version":"1"}}}""";

    [Fact]
    public async Task Standard_output_is_protocol_only_and_the_server_ends_with_its_input()
    {
        using var server = Shell.Start(["serve", "--simulator", "--log-level", "Debug"]);
        var log = server.StandardError.ReadToEndAsync();
        var lines = new List<string>();
        foreach (var message in new[] { Initialize, "not json at all", """{"jsonrpc":"2.0","id":2,"method":"tools/list"}""" })
        {
            await server.StandardInput.WriteLineAsync(message);
            lines.Add((await server.StandardOutput.ReadLineAsync())!);
        }

        server.StandardInput.Close();
        lines.AddRange((await server.StandardOutput.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries));
        await server.WaitForExitAsync();

        Assert.Equal(0, server.ExitCode);
        Assert.Contains("\"cloudstack-mcp\"", lines[0], StringComparison.Ordinal);
        Assert.Contains("-32700", lines[1], StringComparison.Ordinal);
        Assert.Contains("cloud_search", lines[2], StringComparison.Ordinal);
        Assert.All(lines, line => Assert.Equal("2.0", JsonElement.Parse(line).GetProperty("jsonrpc").GetString()));
        Assert.NotEqual("", await log);
    }

    [LinuxFact]
    public async Task A_greeting_is_answered_without_what_only_some_servers_need()
    {
        using var server = Shell.Start(
            ["serve", "--engine", "direct"],
            ("CLOUDSTACK_API_URL", "https://cloud.example/client/api"), ("CLOUDSTACK_API_KEY", "key"), ("CLOUDSTACK_SECRET_KEY", "secret"));
        await server.StandardInput.WriteLineAsync(Initialize);
        await server.StandardOutput.ReadLineAsync();

        var loaded = await File.ReadAllTextAsync($"/proc/{server.Id}/maps");
        server.StandardInput.Close();
        await server.WaitForExitAsync();

        Assert.Contains("ModelContextProtocol.Core.dll", loaded, StringComparison.Ordinal);
        Assert.All(
            ["OpenTelemetry.dll", "Npgsql.dll", "Microsoft.AspNetCore.Hosting.dll", "System.Net.Http.dll", "CloudStack.Simulator.dll"],
            library => Assert.DoesNotContain(library, loaded, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_input_that_ends_at_once_ends_the_server_without_an_error()
    {
        var run = await Shell.RunAsync(["serve", "--simulator"]);

        Assert.Equal((0, "", ""), (run.ExitCode, run.Output, run.Error));
    }
}
