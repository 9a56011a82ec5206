using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using CloudStack.Mcp.Authentication;
using CloudStack.Mcp.Tests.CommandLine;
using CloudStack.Mcp.Tests.Support;

namespace CloudStack.Mcp.Tests.Shipping;

/// <summary>
/// The Dockerfile's own commands, in a temporary folder instead of an image: it publishes, starts without root, and its health
/// check tells well from ill. Only the configuration, folders and port are other ones.
/// </summary>
[Collection(SdkCollection.Name)]
public sealed class ImageTests : IDisposable
{
    private static readonly string Dockerfile = File.ReadAllText(Path.Combine(TestPaths.Root, "deploy/Dockerfile"));

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cloudstack-image-");
    private readonly int _port = FreePort();

    private string App => Path.Combine(_folder.FullName, "app");

    private string Data => Path.Combine(_folder.FullName, "data");

    public void Dispose() => _folder.Delete(recursive: true);

    [LinuxFact]
    public async Task What_the_image_runs_serves_without_root_and_knows_its_own_health()
    {
        await PublishAsync();
        await MakeDataAsync();
        Assert.NotEqual(0, (await RunAsync(Array("HEALTHCHECK[^\\[]*CMD"))).ExitCode);

        using var server = Process.Start(Unprivileged([.. Array("ENTRYPOINT"), .. Array("^CMD")]))!;
        try
        {
            Assert.StartsWith("MCP is served on", await server.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(1)), StringComparison.Ordinal);
            var health = await RunAsync(Array("HEALTHCHECK[^\\[]*CMD"));

            Assert.True(health.ExitCode == 0, health.Output + health.Error);
            Assert.NotEqual("0", UserOf(server));
        }
        finally
        {
            server.Kill(entireProcessTree: true);
            await server.WaitForExitAsync();
        }
    }

    [NodeFact(nameof(NodeTools.Files))]
    public async Task The_Dockerfile_breaks_no_rule_of_its_language()
    {
        const string Script = """
            import { readFileSync } from "node:fs";
            import utils from "dockerfile-utils";
            console.log(JSON.stringify(utils.validate(readFileSync(process.argv[2], "utf8")).map(problem => problem.message)));
            """;

        var run = await NodeTools.Files.RunScriptAsync(Script, Path.Combine(TestPaths.Root, "deploy/Dockerfile"));

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal("[]", run.Output.Trim());
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string UserOf(Process process) => File.ReadLines($"/proc/{process.Id}/status")
        .First(line => line.StartsWith("Uid:", StringComparison.Ordinal)).Split('\t', StringSplitOptions.RemoveEmptyEntries)[1];

    private async Task PublishAsync()
    {
        var arguments = Regex.Match(Dockerfile, "^RUN dotnet (publish .*)$", RegexOptions.Multiline).Groups[1].Value
            .Replace("--configuration Release", $"--configuration {Sdk.Configuration}", StringComparison.Ordinal)
            .Replace("/app", App, StringComparison.Ordinal)
            .Replace("src/", TestPaths.Root + "/src/", StringComparison.Ordinal);
        var run = await Sdk.RunAsync(arguments.Split(' '));
        Assert.True(run.ExitCode == 0, run.Output + run.Error);
    }

    private async Task MakeDataAsync()
    {
        Directory.CreateDirectory(Data);
        await File.WriteAllTextAsync(Path.Combine(Data, "config.json"), $$"""
            {
              "clouds": { "play": { "simulator": true } },
              "auditLog": "audit.jsonl",
              "http": { "listen": "http://0.0.0.0:{{_port}}", "allowedHosts": ["mcp.example.org"] },
              "callers": { "keys": [{ "name": "assistant", "hash": "{{ApiKey.Hash(ApiKey.New())}}", "roles": ["reader"] }] }
            }
            """);
        if (Environment.IsPrivilegedProcess)
        {
            await Sdk.RunAsync("chmod", ["755", _folder.FullName]);
            await Sdk.RunAsync("chown", ["-R", User, Data]);
        }
    }

    private static string User => Regex.Match(Dockerfile, @"^ARG APP_UID=(\d+)$", RegexOptions.Multiline).Groups[1].Value;

    // The words of an instruction that is written as a list.
    private string[] Array(string instruction)
    {
        var list = Regex.Match(Dockerfile, instruction + @" (\[.*\])$", RegexOptions.Multiline | RegexOptions.Singleline);
        var words = JsonElement.Parse(list.Groups[1].Value.Split('\n')[0]).EnumerateArray().Select(word => word.GetString()!);
        return [.. words.Select(word => word
            .Replace("/app/", App + "/", StringComparison.Ordinal)
            .Replace("/etc/cloudstack-mcp/", Data + "/", StringComparison.Ordinal)
            .Replace(":8080", $":{_port}", StringComparison.Ordinal))];
    }

    private async Task<Run> RunAsync(string[] words)
    {
        using var process = Process.Start(Unprivileged(words))!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));
        return new Run(process.ExitCode, await output, await error);
    }

    private ProcessStartInfo Unprivileged(string[] words)
    {
        string[] all = words[0] == "dotnet" ? [Sdk.Dotnet, .. words[1..]] : words;
        var start = Environment.IsPrivilegedProcess
            ? Sdk.Start("setpriv", ["--reuid", User, "--regid", User, "--clear-groups", .. all], Data)
            : Sdk.Start(all[0], all[1..], Data);
        start.WorkingDirectory = Data;
        return start;
    }
}
