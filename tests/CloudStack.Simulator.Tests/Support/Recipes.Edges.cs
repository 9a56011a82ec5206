namespace CloudStack.Simulator.Tests.Support;

/// <content>Recipes for addresses, rules and balancers at the edge of a network.</content>
internal static partial class Recipes
{
    private static Dictionary<string, Recipe> Edges => new(StringComparer.Ordinal)
    {
        ["updateQuarantinedIp"] = Sample(("id", "IpQuarantineResponse")),
    };
}
