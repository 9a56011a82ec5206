using Cloud.Core.Operations;
using CloudStack.Client;
using CloudStack.Simulator;

namespace Benchmarks;

/// <summary>The connection and the list that the benchmarks of listing share.</summary>
internal static class SimulatedMachines
{
    /// <summary>The root administrator's connection to a simulated cloud; every one has the same keys.</summary>
    public static CloudStackConnection Connection(SimulatedCloud cloud)
    {
        var admin = cloud.Credentials.RootAdmin;
        return new CloudStackConnection("http://simulator.example", new ApiKeyCredentials(admin.ApiKey, admin.SecretKey));
    }

    /// <summary>All machines that the caller may see.</summary>
    public static BoundCommand List(CloudStackProvider provider) => new(
        provider.Catalog.FindCommand("listVirtualMachines")!, new Dictionary<string, object> { ["listall"] = true });
}
