using System.Buffers;

namespace CloudStack.Client.Http;

/// <summary>Reads an answer's body into one array of its exact size, which the answer's objects then share.</summary>
internal static class AnswerBody
{
    private const int FirstSegment = 64 * 1024;
    private const int LargestSegment = 4 * 1024 * 1024;

    /// <summary>Reads to the end.</summary>
    /// <param name="content">The body.</param>
    /// <param name="limit">The most bytes to take.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The bytes, or null where there are more than <paramref name="limit"/>.</returns>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpContent content, int limit, CancellationToken cancellationToken)
    {
        var declared = content.Headers.ContentLength;
        if (declared > limit)
        {
            return null;
        }

        var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            return declared is { } length
                ? await ReadDeclaredAsync(stream, (int)length, cancellationToken).ConfigureAwait(false)
                : await ReadSegmentsAsync(stream, limit, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<ReadOnlyMemory<byte>?> ReadDeclaredAsync(Stream stream, int length, CancellationToken cancellationToken)
    {
        var body = GC.AllocateUninitializedArray<byte>(length);
        var read = await stream.ReadAtLeastAsync(body, length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        return body.AsMemory(0, read);
    }

    private static async Task<ReadOnlyMemory<byte>?> ReadSegmentsAsync(Stream stream, int limit, CancellationToken cancellationToken)
    {
        var segments = new List<(byte[] Bytes, int Length)>();
        try
        {
            long total = 0;
            for (var size = FirstSegment; ; size = Math.Min(size * 2, LargestSegment))
            {
                var segment = ArrayPool<byte>.Shared.Rent(size);
                segments.Add((segment, 0));
                var read = await stream.ReadAtLeastAsync(segment, segment.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
                segments[^1] = (segment, read);
                total += read;
                if (total > limit)
                {
                    return null;
                }

                if (read < segment.Length)
                {
                    return Join(segments, (int)total);
                }
            }
        }
        finally
        {
            foreach (var (bytes, _) in segments)
            {
                ArrayPool<byte>.Shared.Return(bytes);
            }
        }
    }

    private static ReadOnlyMemory<byte> Join(List<(byte[] Bytes, int Length)> segments, int total)
    {
        var body = GC.AllocateUninitializedArray<byte>(total);
        var at = 0;
        foreach (var (bytes, length) in segments)
        {
            bytes.AsSpan(0, length).CopyTo(body.AsSpan(at));
            at += length;
        }

        return body;
    }
}
