namespace CloudStack.Simulator;

/// <summary>What the simulated management server answers.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Headers">The headers in order; a name may come twice (<c>Set-Cookie</c>).</param>
/// <param name="Body">The body.</param>
public sealed record SimulatedResponse(
    int Status, IReadOnlyList<KeyValuePair<string, string>> Headers, ReadOnlyMemory<byte> Body)
{
    internal const string JsonType = "application/json; charset=UTF-8";
    internal const string XmlType = "text/xml; charset=UTF-8";

    internal static SimulatedResponse Of(int status, string contentType, ReadOnlyMemory<byte> body) =>
        new(status, [new("Content-Type", contentType)], body);

    internal SimulatedResponse With(string header, string value) => this with { Headers = [.. Headers, new(header, value)] };
}
