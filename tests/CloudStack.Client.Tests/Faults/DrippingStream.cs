namespace CloudStack.Client.Tests.Faults;

/// <summary>A body that comes in four parts with a pause of virtual time before each, and may break at its end.</summary>
internal sealed class DrippingStream(byte[] bytes, VirtualTime time, TimeSpan pause) : MemoryStream(bytes)
{
    /// <summary>True where the connection breaks instead of ending.</summary>
    public bool Breaks { get; init; }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Position < Length)
        {
            time.Advance(pause);
        }

        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<int>(cancellationToken);
        }

        if (Position == Length && Breaks)
        {
            return ValueTask.FromException<int>(new IOException("Connection reset by peer"));
        }

        return ValueTask.FromResult(Read(buffer.Span[..Math.Min(buffer.Length, ((int)Length / 4) + 1)]));
    }
}
