using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Identity;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Lifecycles.Images;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Compute;

/// <summary>Machines that are network functions, by their template.</summary>
internal sealed class VnfAppliances : ICommandFamily
{
    public void Register(CommandTable commands, CloudState state)
    {
        commands.Begin("deployVnfAppliance", Deploy);
        commands.Read("listVnfAppliances", List);
    }

    private static Work Deploy(CommandCall call)
    {
        var template = call.Target("templateid");
        if (!VnfTemplates.IsVnf(template))
        {
            throw ApiError.Refused($"The template {template.Name} isn't one of a network function; deployVirtualMachine takes it.");
        }

        var needed = VnfTemplates.NicsOf(template).Count(nic => nic.IsRequired);
        var given = Math.Max(call.Texts("networkids").Count, call.Records("iptonetworklist").Count);
        if (given < needed)
        {
            throw ApiError.Refused($"The template {template.Name} requires {needed} networks, and {given} are given.");
        }

        var work = MachineDeployment.Deploy(call);
        work.Subject!["vnfdetails"] = VnfTemplates.DetailsOf(template);
        return work;
    }

    private static Answer List(CommandCall call) => Listing.Of(
        call, ResultClass.VirtualMachine,
        machine => (machine.State != MachineState.Destroyed || call.Caller.Role != RoleType.User)
            && call.State.Store.Find(machine.Text("templateid")) is { } template && VnfTemplates.IsVnf(template),
        "isvnf", "userdata");
}
