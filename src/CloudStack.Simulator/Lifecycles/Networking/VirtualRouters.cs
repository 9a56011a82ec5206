using System.Globalization;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Networking;

/// <summary>The routers that serve isolated networks.</summary>
internal static class VirtualRouters
{
    public const string Class = "DomainRouterResponse";

    public static Entity Start(CloudState state, Entity network)
    {
        var router = state.New(Class);
        var number = state.Table(Class).Count + 4;
        router["name"] = string.Create(CultureInfo.InvariantCulture, $"r-{number}-VM");
        router["state"] = "Running";
        router["role"] = "VIRTUAL_ROUTER";
        router["created"] = state.Clock.GetUtcNow();
        router["zoneid"] = network.Text("zoneid");
        router["zonename"] = network.Link("zonename");
        router["guestnetworkid"] = network.Id;
        router["guestnetworkname"] = network.Link("name");
        router["guestipaddress"] = network.Text("gateway");
        router["guestnetmask"] = network.Text("netmask");
        router["networkdomain"] = network.Link("networkdomain");
        router["hypervisor"] = "KVM";
        router["dns1"] = network.Text("dns1");
        router["isredundantrouter"] = false;
        router["requiresupgrade"] = false;
        router["redundantstate"] = "UNKNOWN";
        router["version"] = state.Options.ServerVersion;
        network.Owner!.Claim(router);
        state.Store.Add(router);
        return router;
    }

    /// <summary>Takes a network's routers away.</summary>
    public static void Remove(CloudState state, Entity network)
    {
        foreach (var router in Of(state, network).ToList())
        {
            state.Store.Remove(router);
        }
    }

    public static IEnumerable<Entity> Of(CloudState state, Entity network) =>
        state.Table(Class).Where(router => router.Text("guestnetworkid") == network.Id);
}
