using System.Text.Json;
using CloudStack.Client.Http;

namespace CloudStack.Client.Answers;

/// <summary>A successful answer.</summary>
/// <param name="Envelope">What stands under the root's only member. Objects share its document.</param>
/// <param name="Document">The document, which is only disposed where the answer was lent.</param>
/// <param name="Raw">The HTTP answer it came in.</param>
internal sealed record Answer(JsonElement Envelope, JsonDocument Document, RawAnswer Raw)
{
    /// <summary>Gives the memory of a lent answer back, once: its objects can't be read from then on.</summary>
    public void Release()
    {
        Document.Dispose();
        Raw.Release();
    }
}
