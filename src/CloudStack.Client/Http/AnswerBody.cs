namespace CloudStack.Client.Http;

/// <summary>
/// Reads an answer's body into one array, which the answer's objects then share: of its exact size where the server says
/// it, else of about the size that the same command's last answer had, so that pages needn't be copied. The array of an
/// answer that is given back is rented, and so of another size: new ones of this length each cost a full collection in the end.
/// </summary>
internal static class AnswerBody
{
    private const int Smallest = 16 * 1024;

    /// <summary>Reads to the end.</summary>
    /// <param name="content">The body.</param>
    /// <param name="limit">The most bytes to take.</param>
    /// <param name="expected">How many bytes are likely, where the server doesn't say.</param>
    /// <param name="isLent">True to rent the array.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The bytes, or null where there are more than <paramref name="limit"/>.</returns>
    public static async Task<ArraySegment<byte>?> ReadAsync(
        HttpContent content, int limit, int expected, bool isLent, CancellationToken cancellationToken)
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
                ? await ReadDeclaredAsync(stream, (int)length, isLent, cancellationToken).ConfigureAwait(false)
                : await ReadToEndAsync(stream, limit, expected, isLent, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<ArraySegment<byte>?> ReadDeclaredAsync(Stream stream, int length, bool isLent, CancellationToken cancellationToken)
    {
        var body = Take(length, isLent);
        var read = await stream.ReadAtLeastAsync(body.AsMemory(0, length), length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        return new ArraySegment<byte>(body, 0, read);
    }

    private static async Task<ArraySegment<byte>?> ReadToEndAsync(
        Stream stream, int limit, int expected, bool isLent, CancellationToken cancellationToken)
    {
        var body = Take((int)Math.Min(Math.Max(expected, Smallest), limit + 1L), isLent);
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
                return isLent || length > body.Length / 2 ? new ArraySegment<byte>(body, 0, length) : body[..length];
            }

            var larger = Take((int)Math.Min(body.Length * 2L, limit + 1L), isLent);
            body.CopyTo(larger, 0);
            if (isLent)
            {
                LentMemory.Return(body);
            }

            body = larger;
        }
    }

    private static byte[] Take(int length, bool isLent) =>
        isLent ? LentMemory.Rent(length) : GC.AllocateUninitializedArray<byte>(length);
}
