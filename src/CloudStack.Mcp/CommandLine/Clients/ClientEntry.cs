namespace CloudStack.Mcp.CommandLine.Clients;

/// <summary>What a client is told about this server: a program to start, or an address to call.</summary>
/// <param name="Name">The server's name in the client.</param>
/// <param name="Command">The program.</param>
/// <param name="Arguments">Its arguments.</param>
internal sealed record ClientEntry(string Name, string Command, IReadOnlyList<string> Arguments)
{
    /// <summary>The environment variable from which clients take the key, where they can.</summary>
    public const string KeyVariable = "CLOUDSTACK_MCP_KEY";

    /// <summary>The address, or null to start the program.</summary>
    public Uri? Url { get; init; }
}
