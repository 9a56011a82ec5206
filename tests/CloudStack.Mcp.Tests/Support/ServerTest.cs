using CloudStack.Mcp.Connections;
using CloudStack.Simulator;

namespace CloudStack.Mcp.Tests.Support;

/// <summary>A test with a server of its own and a client that can't ask its user.</summary>
public abstract class ServerTest : IAsyncLifetime
{
    internal TestServer Server { get; private set; } = null!;

    internal TestClient Client { get; private set; } = null!;

    internal ShiftedTime Time { get; } = new();

    public async Task InitializeAsync()
    {
        Server = new TestServer(Settings with { Time = Time }, Options);
        Client = await Server.ConnectAsync();
    }

    public async Task DisposeAsync() => await Server.DisposeAsync();

    private protected virtual ServerSettings Settings => new();

    private protected virtual SimulatorOptions Options => new();

    private protected async Task<string> StateOfAsync(string machine)
    {
        var rows = (await Client.ReadAsync("listVirtualMachines", $$"""{"name":"{{machine}}","listall":true}""")).Rows;
        return rows.Single(r => r.GetProperty("name").GetString() == machine).GetProperty("state").GetString()!;
    }
}
