using CloudStack.Mcp.Connections;
using CloudStack.Mcp.Engines;
using CloudStack.Mcp.Server.Consent;
using CloudStack.Mcp.Tests.Support;
using CloudStack.Simulator;

namespace CloudStack.Mcp.Tests.Engines;

/// <summary>Two servers for two equal simulated clouds, one an engine.</summary>
public sealed class TwoEngines : IAsyncLifetime
{
    private readonly StoppedTime _clock = new();

    internal TestServer Direct { get; private set; } = null!;

    internal TestServer Hosted { get; private set; } = null!;

    internal TestClient DirectClient { get; private set; } = null!;

    internal TestClient HostedClient { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Direct = Server(EngineKind.Direct);
        DirectClient = await Direct.ConnectAsync();
        if (InstalledPowerShell.Missing is null)
        {
            Hosted = Server(EngineKind.PowerShell);
            HostedClient = await Hosted.ConnectAsync();
        }
    }

    public async Task DisposeAsync()
    {
        await Direct.DisposeAsync();
        if (Hosted is not null)
        {
            await Hosted.DisposeAsync();
        }
    }

    /// <summary>Makes the same call of both.</summary>
    internal async Task<(Answer Direct, Answer Hosted)> CallAsync(string tool, string arguments) =>
        (await DirectClient.CallAsync(tool, arguments), await HostedClient.CallAsync(tool, arguments));

    private TestServer Server(EngineKind engine) => new(
        new ServerSettings { Engine = engine, Policy = ConfirmationPolicy.Parse(["disrupt=allow,destroy=token,critical=token"]) },
        new SimulatorOptions { Clock = _clock });

    /// <summary>A clock that stands, so that both clouds write the same dates.</summary>
    private sealed class StoppedTime : TimeProvider
    {
        private readonly DateTimeOffset _now = TimeProvider.System.GetUtcNow();

        public override DateTimeOffset GetUtcNow() => _now;
    }
}
