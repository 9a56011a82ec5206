namespace CloudStack.Client.Http;

/// <summary>
/// Reads an answer's body into one array, which the answer's objects then share: of its exact size where the server says
/// it, else of about the size that the same command's last answer had, so that pages needn't be copied.
/// </summary>
internal static class AnswerBody
{
    private const int Smallest = 16 * 1024;

    /// <summary>Reads to the end.</summary>
    /// <param name="content">The body.</param>
    /// <param name="limit">The most bytes to take.</param>
    /// <param name="expected">How many bytes are likely, where the server doesn't say.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The bytes, or null where there are more than <paramref name="limit"/>.</returns>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpContent content, int limit, int expected, CancellationToken cancellationToken)
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
                : await ReadToEndAsync(stream, limit, expected, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<ReadOnlyMemory<byte>?> ReadDeclaredAsync(Stream stream, int length, CancellationToken cancellationToken)
    {
        var body = GC.AllocateUninitializedArray<byte>(length);
        var read = await stream.ReadAtLeastAsync(body, length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        return body.AsMemory(0, read);
    }

    private static async Task<ReadOnlyMemory<byte>?> ReadToEndAsync(Stream stream, int limit, int expected, CancellationToken cancellationToken)
    {
        var body = GC.AllocateUninitializedArray<byte>((int)Math.Min(Math.Max(expected, Smallest), limit + 1L));
        for (var length = 0; ;)
        {
            length += await stream.ReadAtLeastAsync(body.AsMemory(length), body.Length - length, throwOnEndOfStream: false, cancellationToken)
                .ConfigureAwait(false);
            if (length > limit)
            {
                return null;
            }

            if (length < body.Length)
            {
                // The answer's objects keep the array, so a much too large one is given back.
                return length > body.Length / 2 ? body.AsMemory(0, length) : body.AsSpan(0, length).ToArray();
            }

            Array.Resize(ref body, (int)Math.Min(body.Length * 2L, limit + 1L));
        }
    }
}
