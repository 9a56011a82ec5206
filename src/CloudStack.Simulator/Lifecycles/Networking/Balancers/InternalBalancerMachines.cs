using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Lifecycles.Appliances;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Networking.Balancers;

/// <summary>The machines that do the work of internal load balancers: one for each address, kept among the routers.</summary>
internal sealed class InternalBalancerMachines : ICommandFamily
{
    private const string Role = "INTERNAL_LB_VM";

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Read("listInternalLoadBalancerVMs", call => Routers.List(call, Role));
        commands.Begin("startInternalLoadBalancerVM", call => On(call, (state, machine) => Appliance.Start(state, machine)));
        commands.Begin("stopInternalLoadBalancerVM", call => On(call, Appliance.Stop));
    }

    /// <summary>Makes the machine of an address that has none, and starts it.</summary>
    /// <exception cref="ApiError">No host can take it.</exception>
    public static void Ensure(CloudState state, Entity network, string address)
    {
        if (Find(state, network, address) is not null)
        {
            return;
        }

        var machine = VirtualRouters.New(state, network, "b", Role);
        machine["guestnetworkid"] = network.Id;
        machine["guestnetworkname"] = network.Link("name");
        machine["guestipaddress"] = address;
        machine["guestnetmask"] = network.Text("netmask");
        machine["vpcid"] = network.Text("vpcid");
        machine["vpcname"] = network.Text("vpcid") is null ? null : network.Link("vpcname");
        network.Owner!.Claim(machine);
        state.Store.Add(machine);
        Appliance.Start(state, machine);
    }

    /// <summary>Takes the machine of an address away.</summary>
    public static void Remove(CloudState state, Entity network, string address)
    {
        if (Find(state, network, address) is { } machine)
        {
            VirtualRouters.Discard(state, machine);
        }
    }

    private static Entity? Find(CloudState state, Entity network, string address) => state.Table(VirtualRouters.Class).FirstOrDefault(machine =>
        machine.Text("role") == Role && machine.Text("guestnetworkid") == network.Id && machine.Text("guestipaddress") == address);

    private static Work On(CommandCall call, Action<CloudState, Entity> change)
    {
        var machine = Routers.Target(call, Role);
        return Work.On(machine, () => change(call.State, machine));
    }
}
