using CloudStack.Simulator;

namespace CloudStack.Client.Tests.Simulated;

/// <summary>Connections to a simulated cloud.</summary>
internal static class SimulatedSample
{
    /// <summary>The API key of the seeded root administrator.</summary>
    public const string RootKey = "simulator-root-admin-key";

    public static CloudStackConnection Connection(SimulatedCloud cloud, SimulatorUser? user = null)
    {
        user ??= cloud.Credentials.RootAdmin;
        return new CloudStackConnection("http://simulator.example.com", new ApiKeyCredentials(user.ApiKey, user.SecretKey))
        {
            RetryDelay = TimeSpan.FromMilliseconds(1),
        };
    }

    public static CloudStackProvider Provider(
        SimulatedCloud cloud, CloudStackConnection? connection = null, HttpMessageHandler? wire = null, TimeProvider? time = null) =>
        new(new CloudStackClient(connection ?? Connection(cloud), wire ?? cloud.CreateHandler(), time), Support.Sample.Catalog);

    /// <summary>How often a command reached the server.</summary>
    public static int Count(SimulatedCloud cloud, string command) => cloud.Requests.Count(request => request.Command == command);
}
