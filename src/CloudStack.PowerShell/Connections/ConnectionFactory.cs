using Cloud.Core.Audit;
using Cloud.Core.Jobs;
using Cloud.Core.Operations;
using CloudStack.Client;

namespace CloudStack.PowerShell.Connections;

/// <summary>Opens connections.</summary>
internal static class ConnectionFactory
{
    // Answered to every user of every role, and cheap.
    private const string Probe = "listCapabilities";

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
            name ?? connection.Url.Host, connection.Credentials.ToString()!, provider, Runner(FollowPolicy.Default), provider);
    }

    private static OperationRunner Runner(FollowPolicy policy) =>
        new(new FileAuditLog(AuditFile.DefaultPath), policy, TimeProvider.System);
}
