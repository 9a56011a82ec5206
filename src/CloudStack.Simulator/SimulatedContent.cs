using System.Net;

namespace CloudStack.Simulator;

/// <summary>An answer's body, whose memory goes back to the cloud when the message is disposed.</summary>
/// <param name="answer">The answer.</param>
internal sealed class SimulatedContent(SimulatedResponse answer) : HttpContent
{
    private readonly ReadOnlyMemoryContent _body = new(answer.Body);

    /// <inheritdoc/>
    protected override Task<Stream> CreateContentReadStreamAsync() => _body.ReadAsStreamAsync();

    /// <inheritdoc/>
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => _body.CopyToAsync(stream, context);

    /// <inheritdoc/>
    protected override bool TryComputeLength(out long length)
    {
        length = answer.Body.Length;
        return true;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _body.Dispose();
        answer.Release();
        base.Dispose(disposing);
    }
}
