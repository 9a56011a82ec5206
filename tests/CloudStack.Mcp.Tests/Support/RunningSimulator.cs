using System.Diagnostics;
using System.Text.Json;
using Cloud.Core.Operations;
using CloudStack.Client;

namespace CloudStack.Mcp.Tests.Support;

/// <summary><c>cloudstack-mcp simulate</c> in a process of its own, with a client of the root administrator.</summary>
internal sealed class RunningSimulator : IDisposable
{
    private readonly Process _process;

    private RunningSimulator(Process process, JsonElement said)
    {
        _process = process;
        Url = new Uri(said.GetProperty("url").GetString()!);
        ApiKey = said.GetProperty("apiKey").GetString()!;
        SecretKey = said.GetProperty("secretKey").GetString()!;
        Provider = new CloudStackProvider(new CloudStackClient(new CloudStackConnection(Url.AbsoluteUri, new ApiKeyCredentials(ApiKey, SecretKey))));
    }

    public Uri Url { get; }

    public string ApiKey { get; }

    public string SecretKey { get; }

    public CloudStackProvider Provider { get; }

    public static async Task<RunningSimulator> StartAsync(params string[] arguments)
    {
        var process = Shell.Start(["simulate", "--http", "http://127.0.0.1:0", "--json", .. arguments]);
        var line = await process.StandardOutput.ReadLineAsync();
        if (line is null)
        {
            Assert.Fail($"The simulator ended: {await process.StandardError.ReadToEndAsync()}");
        }

        return new RunningSimulator(process, JsonElement.Parse(line));
    }

    /// <summary>Carries a command out.</summary>
    public Task<CommandReply> SendAsync(string command, params (string Name, object Value)[] arguments) => Provider.SendAsync(
        new BoundCommand(Provider.Catalog.FindCommand(command)!, arguments.ToDictionary(a => a.Name, a => a.Value, StringComparer.Ordinal)), default);

    /// <summary>Ends the process at once, as a power cut of the process alone: nothing in it gets to run.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        Provider.Dispose();
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
    }
}
