using Cloud.Core.Operations;
using CloudStack.Mcp.Connections;
using CloudStack.Simulator;

namespace CloudStack.Mcp.CommandLine.Tour;

/// <summary>Looks into the simulated cloud itself, past the server that the tour is about.</summary>
internal sealed class SimulatorView : IDisposable
{
    private readonly SimulatedCloud _cloud;
    private readonly CloudSession _session;

    /// <summary>Looks into a cloud.</summary>
    /// <param name="cloud">The cloud, which stays the caller's.</param>
    public SimulatorView(SimulatedCloud cloud)
    {
        _cloud = cloud;
        _session = ConnectionSource.Open(cloud);
    }

    /// <summary>Grows with every change of the cloud, by whomever.</summary>
    public long Version => _cloud.StateVersion;

    /// <summary>How many requests the cloud has seen.</summary>
    public int RequestCount => _cloud.Requests.Count;

    /// <summary>The requests for a command, oldest first.</summary>
    /// <param name="command">The command.</param>
    /// <param name="from">How many of the cloud's requests came before those that count.</param>
    public IReadOnlyList<RequestLogEntry> Requests(string command, int from = 0) =>
        [.. _cloud.Requests.Skip(from).Where(request => request.Command == command)];

    /// <summary>A virtual machine's state in the cloud.</summary>
    /// <param name="id">The machine.</param>
    /// <param name="cancellationToken">Stops the question.</param>
    /// <returns>The state, or null where the cloud has no such machine.</returns>
    public async Task<string?> MachineStateAsync(string id, CancellationToken cancellationToken)
    {
        var list = new BoundCommand(
            _session.Provider.Catalog.FindCommand("listVirtualMachines")!,
            new Dictionary<string, object> { ["listall"] = true });
        await foreach (var page in _session.Provider.PageAsync(list, RowRange.All, cancellationToken))
        {
            if (page.Objects.FirstOrDefault(machine => machine.GetText("id") == id) is { } found)
            {
                return found.GetText("state");
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();
}
