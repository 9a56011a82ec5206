using System.Net;

namespace CloudStack.Simulator;

/// <summary>One HTTP request to the simulated management server, freed of any transport.</summary>
public sealed record SimulatedRequest
{
    /// <summary>The HTTP method, <c>GET</c> or <c>POST</c>; the server implements no other.</summary>
    public string Method { get; init; } = "GET";

    /// <summary>The path; below <c>/userdata/</c> and <c>/upload/</c> are files, everything else is the API.</summary>
    public string Path { get; init; } = "/client/api";

    /// <summary>The raw query string as it came over the wire, without the question mark.</summary>
    public string QueryString { get; init; } = "";

    /// <summary>The headers; names ignore case. For the API only <c>Content-Type</c> and <c>Cookie</c> matter.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } =
        new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The body; the API reads it only where its type is <c>application/x-www-form-urlencoded</c>.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The address that the request came from; a caller in the same process comes from the loopback.</summary>
    public IPAddress ClientAddress { get; init; } = IPAddress.Loopback;

    internal string? Header(string name)
    {
        foreach (var (key, value) in Headers)
        {
            if (string.Equals(key, name, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        return null;
    }
}
