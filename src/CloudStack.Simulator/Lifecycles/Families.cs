using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Lifecycles.Compute;
using CloudStack.Simulator.Lifecycles.Networking;
using CloudStack.Simulator.Lifecycles.Operations;

namespace CloudStack.Simulator.Lifecycles;

/// <summary>All families of commands that have a life cycle.</summary>
internal static class Families
{
    private static readonly ICommandFamily[] All =
    [
        new VirtualMachines(), new MachineDeployment(), new AffinityGroups(), new SshKeyPairs(),
        new PublicAddresses(), new StaticNat(), new FirewallRules(),
        new AsyncJobs(),
    ];

    public static void Register(CloudState state)
    {
        foreach (var family in All)
        {
            family.Register(state.Commands, state);
        }
    }
}
