using Cloud.Core.Objects;
using Cloud.Core.Operations;
using CloudStack.PowerShell.Connections;

namespace CloudStack.PowerShell.Commands.Helpers;

/// <summary>Calls commands for a cmdlet that makes something of their results. They take the road of every other call: names are resolved, changes confirmed, all audited.</summary>
internal static class CloudCalls
{
    private static readonly Dictionary<string, string> NoNames = [];

    /// <summary>Runs a read.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="host">Gets progress and warnings.</param>
    /// <param name="command">The API command.</param>
    /// <param name="arguments">Its arguments; those without a value are left out.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>All its objects.</returns>
    /// <exception cref="Cloud.Core.Errors.CloudException">It failed.</exception>
    public static async Task<IReadOnlyList<CloudObject>> ReadAsync(
        this CloudConnection connection, IOperationHost host, string command, IEnumerable<(string Name, object? Value)> arguments,
        CancellationToken cancellationToken)
    {
        var collected = new CollectedResults(host);
        await RunAsync(connection, collected, command, arguments, null, cancellationToken).ConfigureAwait(false);
        return collected.Results;
    }

    /// <summary>Runs a change that answers with one object.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="host">Is asked whether to go on.</param>
    /// <param name="command">The API command.</param>
    /// <param name="arguments">Its arguments; those without a value are left out.</param>
    /// <param name="knownNames">Names to show in questions by identifier, or null.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The object; null where the change was declined or only asked about with -WhatIf.</returns>
    /// <exception cref="Cloud.Core.Errors.CloudException">It failed.</exception>
    public static async Task<CloudObject?> ChangeAsync(
        this CloudConnection connection, IOperationHost host, string command, IEnumerable<(string Name, object? Value)> arguments,
        IReadOnlyDictionary<string, string>? knownNames, CancellationToken cancellationToken)
    {
        var collected = new CollectedResults(host);
        var outcome = await RunAsync(connection, collected, command, arguments, knownNames, cancellationToken).ConfigureAwait(false);
        return outcome.Status == OperationStatus.Completed && collected.Results is [var answer, ..] ? answer : null;
    }

    private static Task<OperationOutcome> RunAsync(
        CloudConnection connection, CollectedResults host, string command, IEnumerable<(string Name, object? Value)> arguments,
        IReadOnlyDictionary<string, string>? knownNames, CancellationToken cancellationToken)
    {
        var given = arguments.Where(argument => argument.Value is not null).ToDictionary(argument => argument.Name, argument => argument.Value);
        var request = new OperationRequest(command, given) { Profile = connection.Name, KnownNames = knownNames ?? NoNames };
        return connection.Runner.RunAsync(request, connection.Provider, host, cancellationToken);
    }
}
