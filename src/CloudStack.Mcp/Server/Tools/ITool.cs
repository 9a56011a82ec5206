using System.Text.Json;

namespace CloudStack.Mcp.Server.Tools;

/// <summary>A tool that clients can call.</summary>
internal interface ITool
{
    /// <summary>What clients are told about it.</summary>
    ToolDefinition Definition { get; }

    /// <summary>Runs a call.</summary>
    /// <param name="given">The arguments as the client sent them, or null.</param>
    /// <param name="caller">Who calls.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <exception cref="Cloud.Core.Errors.CloudException">The call failed.</exception>
    Task<ToolAnswer> CallAsync(
        IEnumerable<KeyValuePair<string, JsonElement>>? given, IToolCaller caller, CancellationToken cancellationToken);
}
