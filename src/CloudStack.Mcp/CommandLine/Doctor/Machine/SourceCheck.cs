using Cloud.Core.Errors;
using CloudStack.Client.Diagnosis;
using CloudStack.Mcp.Connections;

namespace CloudStack.Mcp.CommandLine.Doctor.Machine;

/// <summary>Where the connection comes from.</summary>
/// <param name="find">Finds it.</param>
internal sealed class SourceCheck(Func<ConnectionSource> find) : ICheck
{
    public string Name => "connection";

    /// <summary>What was found, or null.</summary>
    public ConnectionSource? Source { get; private set; }

    public Task<Finding> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            Source = find();
            return Task.FromResult(Finding.Ok(Source.Connection is { } connection ? $"{Source.Origin}, to {connection.Url}" : Source.Origin));
        }
        catch (CloudException error) when (error.Cause == ErrorCause.NotConnected && IsUnset)
        {
            return Task.FromResult(Finding.Warn("none is set up, so no server is checked", error.NextStep));
        }
    }

    private static bool IsUnset => ConnectionSource.Variables.All(name => string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable(name)));
}
