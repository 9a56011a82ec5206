using System.Net;
using System.Net.Http.Headers;

namespace CloudStack.Simulator;

/// <summary>Answers an <see cref="HttpClient"/> from a simulated cloud in the same process.</summary>
/// <param name="cloud">The cloud; it isn't disposed with the handler.</param>
public sealed class SimulatorHandler(SimulatedCloud cloud) : HttpMessageHandler
{
    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        Add(headers, request.Headers);
        var body = ReadOnlyMemory<byte>.Empty;
        if (request.Content is not null)
        {
            Add(headers, request.Content.Headers);
            body = await request.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        }

        var asked = new SimulatedRequest
        {
            Method = request.Method.Method,
            Path = request.RequestUri?.AbsolutePath ?? "",
            QueryString = request.RequestUri?.Query.TrimStart('?') ?? "",
            Headers = headers,
            Body = body,
        };
        try
        {
            return ToMessage(await cloud.HandleAsync(asked, cancellationToken).ConfigureAwait(false), request);
        }
        catch (SimulatedDisconnectException broken)
        {
            throw new HttpRequestException(HttpRequestError.ResponseEnded, broken.Message, broken);
        }
    }

    private static void Add(Dictionary<string, string> headers, HttpHeaders more)
    {
        foreach (var (name, values) in more.NonValidated)
        {
            headers[name] = values.ToString();
        }
    }

    private static HttpResponseMessage ToMessage(SimulatedResponse answer, HttpRequestMessage request)
    {
        var message = new HttpResponseMessage((HttpStatusCode)answer.Status)
        {
            RequestMessage = request,
            Content = answer.BodyTime > TimeSpan.Zero ? new StreamContent(answer.OpenBody()) : new SimulatedContent(answer),
        };
        foreach (var (name, value) in answer.Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, value))
            {
                message.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return message;
    }
}
