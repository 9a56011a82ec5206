using System.Text.Json;
using CloudStack.Client.Tests.Support;

namespace CloudStack.Client.Tests.Simulated;

/// <summary>Keeps the last request and answer that pass by.</summary>
internal sealed class RecordingHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    public SentRequest? Request { get; private set; }

    public int Status { get; private set; }

    /// <summary>What stands under the last answer's root.</summary>
    public JsonElement Envelope { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Request = await SentRequest.ReadAsync(request);
        var response = await base.SendAsync(request, cancellationToken);
        Status = (int)response.StatusCode;
        using var body = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken));
        Envelope = body.RootElement.EnumerateObject().Single().Value.Clone();
        return response;
    }
}
