using System.Text;

namespace CloudStack.Simulator.Protocol;

/// <summary>
/// The decoded parameters of a request under the names as sent (protocol note, section 1): a name in the URL beats one in
/// the body; twice in the URL the last counts, twice in the body the first.
/// </summary>
internal sealed class RequestParameters
{
    private const int MaxBodyBytes = 1_048_576;
    private const int MaxFormKeys = 5_000;
    private const int MaxQueryLength = 8_192;
    private const string FormType = "application/x-www-form-urlencoded";

    private static readonly HashSet<string> OfCaller =
        new(["command", "response", "apikey", "signature", "signatureversion", "expires", "sessionkey"], StringComparer.OrdinalIgnoreCase);

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, string> Values => _values;

    /// <summary>The parameters that a command may read: all but those that name and prove the caller.</summary>
    public IReadOnlyDictionary<string, string> OfCommand => _values
        .Where(pair => !OfCaller.Contains(pair.Key)).ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);

    /// <summary>Reads URL and body.</summary>
    /// <exception cref="ContainerError">The servlet container refuses the request before the API sees it.</exception>
    public static RequestParameters Read(SimulatedRequest request)
    {
        if (request.QueryString.Length > MaxQueryLength)
        {
            throw new ContainerError(414, "URI Too Long");
        }

        var parameters = new RequestParameters();
        try
        {
            parameters.ReadBody(request);
            parameters.ReadUrl(request.QueryString);
        }
        catch (FormatException)
        {
            throw new ContainerError(400, "Bad Request");
        }

        return parameters;
    }

    /// <summary>The value under exactly this name, or null.</summary>
    public string? Exact(string name) => _values.GetValueOrDefault(name);

    /// <summary>The value under this name in any case, or null.</summary>
    public string? AnyCase(string name)
    {
        if (_values.TryGetValue(name, out var exact))
        {
            return exact;
        }

        foreach (var (key, value) in _values)
        {
            if (string.Equals(key, name, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        return null;
    }

    private void ReadBody(SimulatedRequest request)
    {
        var isForm = request.Method == "POST"
            && request.Header("Content-Type")?.StartsWith(FormType, StringComparison.OrdinalIgnoreCase) == true;
        if (!isForm)
        {
            return;
        }

        if (request.Body.Length > MaxBodyBytes)
        {
            throw new ContainerError(413, "Payload Too Large");
        }

        var keys = 0;
        foreach (var (name, value) in Pairs(Encoding.UTF8.GetString(request.Body.Span)))
        {
            if (++keys > MaxFormKeys)
            {
                throw new ContainerError(400, "Form with too many keys");
            }

            _values.TryAdd(name, value ?? "");
        }
    }

    private void ReadUrl(string query)
    {
        foreach (var (name, value) in Pairs(query))
        {
            if (value is not null)
            {
                _values[name] = value;
            }
            else
            {
                // A bare name is skipped by the server's own decoding but stays in the container's map, empty.
                _values.TryAdd(name, "");
            }
        }
    }

    private static IEnumerable<(string Name, string? Value)> Pairs(string encoded)
    {
        foreach (var pair in encoded.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            yield return equals < 0
                ? (PercentDecoder.Decode(pair), null)
                : (PercentDecoder.Decode(pair.AsSpan(0, equals)), PercentDecoder.Decode(pair.AsSpan(equals + 1)));
        }
    }
}

/// <summary>A refusal by the servlet container: an HTML page, no API envelope.</summary>
internal sealed class ContainerError(int status, string reason) : Exception(reason)
{
    public SimulatedResponse ToResponse() => SimulatedResponse.Of(
        status, "text/html;charset=iso-8859-1", Encoding.UTF8.GetBytes($"<html><body><h2>HTTP ERROR {status} {Message}</h2></body></html>"));
}
