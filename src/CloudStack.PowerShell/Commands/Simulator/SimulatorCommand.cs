using Cloud.Core.Errors;
using CloudStack.Simulator;

namespace CloudStack.PowerShell.Commands;

/// <summary>A cmdlet for the simulated clouds behind connections.</summary>
public abstract class SimulatorCommand : CloudCmdlet
{
    private protected sealed override void Process()
    {
        foreach (var connection in Connections)
        {
            Process(connection.Simulation ?? throw new CloudException(
                ErrorCause.InvalidArgument,
                $"The connection '{connection.Name}' isn't a simulated cloud of this session.",
                "Make one with Connect-CsCloud -Simulator, or name it with -Connection."));
        }
    }

    /// <summary>Does the cmdlet's work on one simulated cloud.</summary>
    private protected abstract void Process(SimulatedCloud cloud);

    private protected override object? ErrorTarget => Connections.Count == 1 ? Connections[0] : null;
}
