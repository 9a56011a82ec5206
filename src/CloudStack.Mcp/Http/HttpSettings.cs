using System.Net;

namespace CloudStack.Mcp.Http;

/// <summary>What an operator may set about serving over HTTP.</summary>
internal sealed record HttpSettings
{
    /// <summary>Where MCP is served.</summary>
    public const string Path = "/mcp";

    /// <summary>The address to listen on.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>The port, or 0 for a free one.</summary>
    public int Port { get; init; }

    /// <summary>Names that clients may call the server by, besides its addresses.</summary>
    public IReadOnlyCollection<string> AllowedHosts { get; init; } = [];

    /// <summary>Web origins, such as <c>https://example.org</c>, whose pages may call, besides those of this machine.</summary>
    public IReadOnlyCollection<string> AllowedOrigins { get; init; } = [];

    /// <summary>The most bytes of one request's body.</summary>
    public long LargestBody { get; init; } = 1 << 20;

    /// <summary>How long a client may send or take next to nothing of a body before its connection is closed.</summary>
    public TimeSpan LongestStall { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The most connections at once.</summary>
    public long MostConnections { get; init; } = 4096;

    /// <summary>The most sessions at once; a further one ends the one that has been idle longest.</summary>
    public int MostSessions { get; init; } = 1000;

    /// <summary>How long a session may be idle.</summary>
    public TimeSpan LongestIdle { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How long answers under way may take to finish when the server stops.</summary>
    public TimeSpan LongestDrain { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
