namespace CloudStack.Client.Http;

/// <summary>An HTTP answer whose body was read to its end.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The body.</param>
internal sealed record RawAnswer(int Status, ReadOnlyMemory<byte> Body)
{
    /// <summary>What <c>Retry-After</c> asks for, or null.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The <c>Date</c> that a proxy may add; the management server itself sends none.</summary>
    public DateTimeOffset? Date { get; init; }

    /// <summary>Where a redirect points, or null.</summary>
    public Uri? Location { get; init; }

    /// <summary>The rented array that the body was read into, or null where it's the body's own.</summary>
    public byte[]? Rented { get; init; }

    /// <summary>The cookies set, each with its attributes.</summary>
    public IReadOnlyList<string> SetCookies { get; init; } = [];

    /// <summary>Gives a rented array back, once; the body is gone then.</summary>
    public void Release()
    {
        if (Rented is not null)
        {
            LentMemory.Return(Rented);
        }
    }
}
