using System.Security.Cryptography;
using System.Text;
using Cloud.Core.Audit;
using CloudStack.Mcp.Connections;
using CloudStack.Mcp.Operation.Configuration;
using CloudStack.Mcp.Stores;
using Microsoft.Extensions.Logging;

namespace CloudStack.Mcp.Operation.Clouds;

/// <summary>The clouds of one server. Each is opened by the first call that needs it.</summary>
internal sealed class CloudSet : IAsyncDisposable
{
    private readonly Dictionary<string, LocalServer> _servers;

    /// <summary>Puts the clouds together.</summary>
    /// <param name="config">What the operator set.</param>
    /// <param name="store">What replicas share.</param>
    /// <param name="audit">The audit trail.</param>
    /// <param name="logger">Hears of faults, or null.</param>
    public CloudSet(ServeConfig config, SharedStore store, IAuditLog audit, ILoggerFactory? logger)
    {
        Default = config.DefaultCloud;
        _servers = config.Clouds.ToDictionary(
            cloud => cloud.Name,
            cloud => new LocalServer(cloud.Name, cloud.Source.Open, audit, Settings(config, cloud, store) with { Logger = logger, AuditPath = config.AuditPath }),
            StringComparer.Ordinal);
    }

    /// <summary>The clouds' names.</summary>
    public IReadOnlyCollection<string> Names => _servers.Keys;

    /// <summary>The cloud that a call means which names none.</summary>
    public string Default { get; }

    /// <summary>A cloud's server.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    public LocalServer this[string name] => _servers[name];

    /// <summary>Checks the operator's settings that name commands or toolsets.</summary>
    /// <exception cref="Cloud.Core.Errors.CloudException">One names nothing.</exception>
    public void Check()
    {
        foreach (var server in _servers.Values)
        {
            server.Check();
        }
    }

    /// <summary>Prepares what would take long while somebody waits.</summary>
    /// <param name="logger">Hears of it, or null.</param>
    public void Warm(ILoggerFactory? logger)
    {
        foreach (var server in _servers.Values)
        {
            server.Warm(logger);
        }
    }

    /// <summary>The server is about to stop: calls that wait for a job are answered with its name.</summary>
    public void Leave()
    {
        foreach (var server in _servers.Values)
        {
            server.Leave();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers.Values)
        {
            await server.DisposeAsync();
        }
    }

    private static ServerSettings Settings(ServeConfig config, CloudConfig cloud, SharedStore store) => new()
    {
        Toolsets = config.Toolsets,
        ReadOnly = config.Limit.ReadOnly,
        Allow = config.Limit.Allow,
        Deny = config.Limit.Deny,
        CloudLimit = cloud.Limit,
        Policy = config.Policy,
        TokenLifetime = config.TokenLifetime,
        TokenKey = config.TokenKey is { } key ? KeyOf(key, cloud.Name) : null,
        Engine = config.Engine,
        Follow = config.Follow,
        Store = store,
    };

    // Copies of a cloud have the same identifiers: a token of the test cloud must not be good for the real one.
    private static byte[] KeyOf(byte[] key, string cloud) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key, key.Length, info: Encoding.UTF8.GetBytes("cloud:" + cloud));
}
