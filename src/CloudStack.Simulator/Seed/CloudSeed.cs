using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Lifecycles.Networking.Addresses;

namespace CloudStack.Simulator.Seed;

/// <summary>
/// A small believable cloud: two zones, a dozen machines of four tenants. The same seed gives the same identifiers each
/// time.
/// </summary>
internal static class CloudSeed
{
    public static void Plant(CloudState state)
    {
        var people = PeopleSeed.Plant(state);
        var places = PlaceSeed.Plant(state);
        var wares = WareSeed.Plant(state, places, people);
        TenantSeed.Plant(state, people, places, wares);
        SettingSeed.Plant(state);
        FleetSeed.Plant(state, people, places, wares);
        PeopleSeed.PlantSecondFactor(state, people);
        NetworkSeed.Plant(state, people, places);
        StoreSeed.Plant(state, places);
        ServiceSeed.Plant(state);
        AddressQuarantine.PlantSetting(state);
    }
}
