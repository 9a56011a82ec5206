using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Lifecycles.Networking;
using CloudStack.Simulator.Lifecycles.Offerings;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Appliances;

/// <summary>The sizes that routers and system VMs have unless somebody chooses others.</summary>
internal static class SystemOfferings
{
    public const string Router = "domainrouter";

    private static readonly (string Kind, string Name, int Megabytes)[] Known =
    [
        (Router, "System Offering For Software Router", 512),
        ("consoleproxy", "System Offering For Console Proxy", 1024),
        ("secondarystoragevm", "System Offering For Secondary Storage VM", 512),
    ];

    /// <summary>Makes the offerings, and gives them to the appliances that are there.</summary>
    public static void Plant(CloudState state)
    {
        foreach (var (kind, name, megabytes) in Known)
        {
            var offering = OfferingBuilder.CreateService(state, name, name, 1, 500, megabytes);
            offering["issystem"] = true;
            offering["defaultuse"] = true;
            offering["systemvmtype"] = kind;
        }

        foreach (var router in state.Table(VirtualRouters.Class))
        {
            Assign(state, router, Router);
        }

        foreach (var machine in state.Table(SystemVms.Class))
        {
            Assign(state, machine, machine.Text("systemvmtype")!);
        }
    }

    /// <summary>Gives an appliance the usual size of its kind, where the cloud has one.</summary>
    public static void Assign(CloudState state, Entity appliance, string kind)
    {
        var offering = state.Table(ResultClass.ServiceOffering).FirstOrDefault(o => o.Flag("defaultuse") && o.Text("systemvmtype") == kind);
        if (offering is not null)
        {
            Appliance.SetOffering(appliance, offering, kind);
        }
    }
}
