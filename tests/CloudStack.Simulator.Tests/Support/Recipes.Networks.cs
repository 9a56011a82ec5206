namespace CloudStack.Simulator.Tests.Support;

/// <content>Recipes for networks, routers and private gateways.</content>
internal static partial class Recipes
{
    private static Dictionary<string, Recipe> Networks => new(StringComparer.Ordinal)
    {
        ["patchSystemVm"] = Sample(("id", "SystemVmResponse")),
        ["upgradeRouterTemplate"] = Sample(("id", "DomainRouterResponse")),
    };
}
