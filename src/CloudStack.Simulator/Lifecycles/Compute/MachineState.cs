namespace CloudStack.Simulator.Lifecycles.Compute;

/// <summary>The states of a virtual machine.</summary>
internal static class MachineState
{
    public const string Starting = "Starting";
    public const string Running = "Running";
    public const string Stopping = "Stopping";
    public const string Stopped = "Stopped";
    public const string Destroyed = "Destroyed";
    public const string Migrating = "Migrating";
    public const string Error = "Error";
}
