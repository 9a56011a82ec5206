using System.Text.Json;
using CloudStack.Mcp.Tests.Support;

namespace CloudStack.Mcp.Tests.CommandLine;

public sealed class SimulateCommandTests
{
    [Fact]
    public async Task The_simulated_cloud_answers_over_http_with_the_keys_it_names_and_refuses_others()
    {
        using var simulator = Shell.Start(["simulate", "--http", "http://127.0.0.1:0", "--json"]);
        try
        {
            var said = JsonElement.Parse((await simulator.StandardOutput.ReadLineAsync())!);
            (string, string)[] connection =
            [
                ("CLOUDSTACK_API_URL", said.GetProperty("url").GetString()!),
                ("CLOUDSTACK_API_KEY", said.GetProperty("apiKey").GetString()!),
                ("CLOUDSTACK_SECRET_KEY", said.GetProperty("secretKey").GetString()!),
            ];

            var created = await Shell.RunAsync(["call", "createSSHKeyPair", "--name", "kept", "--json"], "", connection);
            var listed = await Shell.RunAsync(["call", "listSSHKeyPairs", "--json", "--fields", "name"], "", connection);
            var refused = await Shell.RunAsync(["call", "listZones"], "", [.. connection[..2], ("CLOUDSTACK_SECRET_KEY", "wrong")]);

            Assert.Equal(0, created.ExitCode);
            Assert.Equal("""[{"name":"kept"}]""", listed.Output.Trim());
            Assert.Equal(1, refused.ExitCode);
            Assert.Contains("Cause: Unauthorized", refused.Error, StringComparison.Ordinal);
        }
        finally
        {
            simulator.Kill();
            await simulator.WaitForExitAsync();
        }
    }

    [Fact]
    public async Task A_taken_port_is_one_clear_error()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();

        var run = await Shell.RunAsync(["simulate", "--http", $"http://{listener.LocalEndpoint}"]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("port 0", run.Error, StringComparison.Ordinal);
    }
}
