using System.Text.RegularExpressions;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Compute;

/// <summary>What a machine may be called: a host name that its owner doesn't use yet.</summary>
internal static partial class MachineNames
{
    /// <exception cref="ApiError">The name is no host name, or is taken.</exception>
    public static void Demand(CloudState state, Owner owner, string name)
    {
        if (!HostName().IsMatch(name))
        {
            throw ApiError.Refused(
                $"Invalid name {name}. A host name has letters, digits and hyphens, at most 63, starts with a letter and doesn't end with a hyphen.");
        }

        if (state.Table(ResultClass.VirtualMachine).Any(machine =>
            machine.Owner == owner && string.Equals(machine.Name, name, StringComparison.OrdinalIgnoreCase)
            && machine.State != MachineState.Destroyed))
        {
            throw ApiError.Refused($"The vm with hostName {name} already exists in the network domain: cs1cloud.internal");
        }
    }

    [GeneratedRegex("^[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$", RegexOptions.CultureInvariant)]
    private static partial Regex HostName();
}
