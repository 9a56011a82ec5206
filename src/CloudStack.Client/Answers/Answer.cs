using System.Text.Json;
using CloudStack.Client.Http;

namespace CloudStack.Client.Answers;

/// <summary>A successful answer.</summary>
/// <param name="Envelope">What stands under the root's only member. Its document is never disposed: objects share it.</param>
/// <param name="Raw">The HTTP answer it came in.</param>
internal sealed record Answer(JsonElement Envelope, RawAnswer Raw);
