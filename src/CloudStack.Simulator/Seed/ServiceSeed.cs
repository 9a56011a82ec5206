using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Lifecycles.Accounting;
using CloudStack.Simulator.Lifecycles.Extensions;
using CloudStack.Simulator.Lifecycles.Operations;

namespace CloudStack.Simulator.Seed;

/// <summary>What the services around the machines begin with. Planted last, so that the rest of the cloud doesn't depend on it.</summary>
internal static class ServiceSeed
{
    public static void Plant(CloudState state)
    {
        Extensions.Plant(state);
        QuotaLetters.Plant(state);
        foreach (var kind in UsageKind.All)
        {
            QuotaTariffs.Add(state, kind, kind.Name, 0, state.Clock.GetUtcNow());
        }

        SettingSeed.PlantMore(state);
        HypervisorCapabilities.Plant(state);
        CloudIdentity.Plant(state);
    }
}
