using Cloud.Core.Audit;
using Cloud.Core.Jobs;
using Cloud.Core.Operations;
using CloudStack.Client;
using CloudStack.Simulator;

namespace CloudStack.PowerShell.Connections;

/// <summary>Opens connections.</summary>
internal static class ConnectionFactory
{
    /// <summary>A read that is answered to every user of every role, and cheap.</summary>
    public const string Probe = "listCapabilities";

    /// <summary>Opens a connection to a server and proves by a read that it answers and knows the caller.</summary>
    /// <param name="name">What to call it, or null for the server's host name.</param>
    /// <param name="connection">Where and as whom.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="Cloud.Core.Errors.CloudException">The server can't be reached, isn't one, or refuses.</exception>
    public static async Task<CloudConnection> OpenAsync(
        string? name, CloudStackConnection connection, CancellationToken cancellationToken)
    {
        var client = new CloudStackClient(connection);
        var provider = new CloudStackProvider(client);
        try
        {
            await client.LogInAsync(cancellationToken).ConfigureAwait(false);
            var probe = new BoundCommand(provider.Catalog.FindCommand(Probe)!, new Dictionary<string, object>());
            await provider.SendAsync(probe, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            provider.Dispose();
            throw;
        }

        return new CloudConnection(
            name ?? connection.Url.Host, connection.Credentials.ToString()!, provider, Runner(FollowPolicy.Default), provider,
            client.LogOutAsync)
        {
            Settings = connection with { Warn = null },
        };
    }

    /// <summary>Makes a cloud in memory and connects to it as its root administrator.</summary>
    /// <param name="name">What to call it, or null for <c>simulator</c>.</param>
    /// <param name="options">What it's like.</param>
    public static CloudConnection Simulate(string? name, SimulatorOptions options)
    {
        var cloud = new SimulatedCloud(options);
        var handler = cloud.CreateHandler();
        var admin = cloud.Credentials.RootAdmin;
        var provider = CloudStackProvider.Create(
            new CloudStackConnection("http://simulator.invalid/client/api", new ApiKeyCredentials(admin.ApiKey, admin.SecretKey)), handler);
        return new CloudConnection(
            name ?? "simulator", admin.ToString(), provider, Runner(FollowPolicy.Eager), new Resources(provider, handler, cloud))
        {
            FileHandler = handler,
            Simulation = cloud,
        };
    }

    private static OperationRunner Runner(FollowPolicy policy) =>
        new(new FileAuditLog(AuditFile.DefaultPath), policy, TimeProvider.System);

    private sealed class Resources(params IDisposable[] resources) : IDisposable
    {
        public void Dispose()
        {
            foreach (var resource in resources)
            {
                resource.Dispose();
            }
        }
    }
}
