namespace CloudStack.Simulator;

/// <summary>What the simulated management server answers.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Headers">The headers in order; a name may come twice (<c>Set-Cookie</c>).</param>
/// <param name="Body">The body.</param>
public sealed record SimulatedResponse(
    int Status, IReadOnlyList<KeyValuePair<string, string>> Headers, ReadOnlyMemory<byte> Body)
{
    /// <summary>Over how long the body comes, in real time; zero for at once.</summary>
    public TimeSpan BodyTime { get; init; }

    internal bool IsJson => Headers[0].Value == JsonType && !Body.IsEmpty && Body.Span[0] == '{';

    internal const string JsonType = "application/json; charset=UTF-8";
    internal const string XmlType = "text/xml; charset=UTF-8";

    internal static SimulatedResponse Of(int status, string contentType, ReadOnlyMemory<byte> body) =>
        new(status, [new("Content-Type", contentType)], body);

    internal IDisposable? Buffer { get; init; }

    /// <summary>Gives the body's memory back once it was sent, after which the body is gone. Only spares work: nobody has to.</summary>
    public void Release() => Buffer?.Dispose();

    /// <summary>Opens the body for reading, as slowly as <see cref="BodyTime"/> says.</summary>
    /// <returns>The stream; it only reads forward.</returns>
    public Stream OpenBody() => new Answers.DrippingStream(Body, BodyTime, TimeProvider.System);

    internal static SimulatedResponse OfPooled(int status, string contentType, Answers.PooledBuffer body) =>
        Of(status, contentType, body.Written) with { Buffer = body };

    internal SimulatedResponse With(string header, string value) => this with { Headers = [.. Headers, new(header, value)] };
}
