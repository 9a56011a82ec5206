namespace CloudStack.Simulator.Tests.Support;

/// <content>Recipes for what the cloud offers beside machines, and who may use it.</content>
internal static partial class Recipes
{
    private static Dictionary<string, Recipe> Services => new(StringComparer.Ordinal)
    {
        ["executeWebhookDelivery"] = Sample(("id", "WebhookDeliveryResponse")),
        ["updateHypervisorCapabilities"] = Sample(("id", "HypervisorCapabilitiesResponse")),
    };
}
