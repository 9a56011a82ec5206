using System.Globalization;
using System.Security.Cryptography;

namespace CloudStack.Simulator.Protocol;

/// <summary>Gives out a file, or the rest of it from a byte on, as web servers do.</summary>
internal static class FileRange
{
    private const string FromByte = "bytes=";

    public static SimulatedResponse Answer(SimulatedRequest request, ReadOnlyMemory<byte> content)
    {
        var tag = $"\"{Convert.ToHexString(SHA256.HashData(content.Span).AsSpan(0, 8))}\"";
        if (Start(request, tag) is not { } start)
        {
            return Tagged(SimulatedResponse.Of(200, "application/octet-stream", content), tag);
        }

        return start < content.Length
            ? Tagged(SimulatedResponse.Of(206, "application/octet-stream", content[start..]), tag)
                .With("Content-Range", string.Create(CultureInfo.InvariantCulture, $"bytes {start}-{content.Length - 1}/{content.Length}"))
            : SimulatedResponse.Of(416, "text/plain", default)
                .With("Content-Range", string.Create(CultureInfo.InvariantCulture, $"bytes */{content.Length}"));
    }

    private static int? Start(SimulatedRequest request, string tag) =>
        request.Header("Range") is { } range && range.StartsWith(FromByte, StringComparison.Ordinal) && range.EndsWith('-')
        && int.TryParse(range.AsSpan(FromByte.Length, range.Length - FromByte.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var start)
        && (request.Header("If-Range") ?? tag) == tag
            ? start
            : null;

    private static SimulatedResponse Tagged(SimulatedResponse response, string tag) =>
        response.With("ETag", tag).With("Accept-Ranges", "bytes");
}
