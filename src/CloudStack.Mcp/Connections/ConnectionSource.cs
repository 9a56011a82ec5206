using Cloud.Core.Errors;
using Cloud.Core.Jobs;
using Cloud.Core.Profiles;
using CloudStack.Client;
using CloudStack.Simulator;

namespace CloudStack.Mcp.Connections;

/// <summary>
/// Which cloud to speak to: the simulator, a profile, or what the environment says. The settings are read and checked
/// at once; the cloud itself is opened when first needed.
/// </summary>
internal sealed class ConnectionSource
{
    /// <summary>The folder below the user's configuration folder that holds profiles and the audit trail.</summary>
    public const string ProductFolder = "CloudStack.PowerShell";

    private readonly int _machines;

    private ConnectionSource(string origin, string name, CloudStackConnection? connection, int machines = 0) =>
        (Origin, Name, Connection, _machines) = (origin, name, connection, machines);

    /// <summary>The environment variables that describe a connection.</summary>
    public static IReadOnlyList<string> Variables { get; } =
        [CloudStackConnection.UrlVariable, CloudStackConnection.ApiKeyVariable, CloudStackConnection.SecretKeyVariable];

    /// <summary>Where the settings come from, in a few words.</summary>
    public string Origin { get; }

    /// <summary>The connection's name, for people and the audit trail.</summary>
    public string Name { get; }

    /// <summary>True for a cloud in memory.</summary>
    public bool IsSimulator => Connection is null;

    /// <summary>The settings, or null for a cloud in memory.</summary>
    public CloudStackConnection? Connection { get; }

    /// <summary>Finds the settings.</summary>
    /// <param name="simulator">True for a cloud in memory.</param>
    /// <param name="profile">The profile named on the command line, or null.</param>
    /// <param name="machines">How many machines a cloud in memory has, at least the named ones.</param>
    /// <exception cref="CloudException">No connection is set up, or its settings are wrong.</exception>
    public static ConnectionSource Find(bool simulator, string? profile, int machines = 0)
    {
        if (simulator && profile is not null)
        {
            throw new CloudException(
                ErrorCause.InvalidArgument, "Both --simulator and --profile are given.", "Give one of them.");
        }

        if (simulator)
        {
            return new ConnectionSource("a simulated cloud in memory", "simulator", null, machines);
        }

        if (profile is not null)
        {
            return FromProfile(profile);
        }

        if (Variables.Any(name => !string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable(name))))
        {
            var connection = CloudStackConnection.FromEnvironment();
            return new ConnectionSource("the environment", connection.Url.Host, connection);
        }

        return File.Exists(ProfileStore.DefaultPath(ProductFolder))
            ? FromProfile(null)
            : throw new CloudException(
                ErrorCause.NotConnected,
                "No connection is set up.",
                $"Set {string.Join(", ", Variables)}; or name a profile of '{ProfileStore.DefaultPath(ProductFolder)}' with --profile; "
                    + "or try it without a cloud with --simulator.");
    }

    /// <summary>Describes a connection by its parts.</summary>
    /// <param name="name">The connection's name.</param>
    /// <param name="url">The server's address.</param>
    /// <param name="apiKey">The public half of the key pair.</param>
    /// <param name="secretKey">The secret half.</param>
    /// <exception cref="CloudException">The address is wrong.</exception>
    public static ConnectionSource Of(string name, string url, string apiKey, string secretKey) =>
        new($"the configuration of {name}", name, new CloudStackConnection(url, new ApiKeyCredentials(apiKey, secretKey)));

    /// <summary>Opens the cloud; nothing is sent yet.</summary>
    public CloudSession Open()
    {
        if (Connection is not null)
        {
            var provider = CloudStackProvider.Create(Connection);
            return new CloudSession(Name, provider, FollowPolicy.Default, provider);
        }

        var cloud = new SimulatedCloud(new SimulatorOptions { JobDelay = TimeSpan.FromMilliseconds(200), MachineCount = _machines });
        var session = Open(cloud);
        return new CloudSession(Name, session.Provider, session.Follow, session, cloud);
    }

    /// <summary>Opens a cloud in memory as its root administrator.</summary>
    /// <param name="cloud">The cloud, which stays the caller's.</param>
    public static CloudSession Open(SimulatedCloud cloud)
    {
        var admin = cloud.Credentials.RootAdmin;
        var handler = cloud.CreateHandler();
        var provider = CloudStackProvider.Create(
            new CloudStackConnection("http://simulator.invalid/client/api", new ApiKeyCredentials(admin.ApiKey, admin.SecretKey)), handler);
        return new CloudSession("simulator", provider, FollowPolicy.Eager, provider, handler);
    }

    private static ConnectionSource FromProfile(string? name)
    {
        var profile = new ProfileStore(ProfileStore.DefaultPath(ProductFolder)).Get(name);
        return new ConnectionSource(
            $"the profile {profile.Name}",
            profile.Name,
            new CloudStackConnection(
                profile.Url.AbsoluteUri, new ApiKeyCredentials(profile.ApiKey, SecretSource.Read(profile.SecretKey)))
            {
                AnswersAreEncoded = profile.EncodedAnswers,
            });
    }
}
