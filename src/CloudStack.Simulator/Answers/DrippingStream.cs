namespace CloudStack.Simulator.Answers;

/// <summary>Gives its bytes out in a few pieces, with a wait before each.</summary>
internal sealed class DrippingStream(ReadOnlyMemory<byte> bytes, TimeSpan time, TimeProvider clock) : Stream
{
    private const int Pieces = 16;

    private readonly int _piece = Math.Max(1, (bytes.Length + Pieces - 1) / Pieces);
    private int _at;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = Math.Min(Math.Min(_piece, buffer.Length), bytes.Length - _at);
        if (count > 0)
        {
            await Task.Delay(time / Pieces, clock, cancellationToken).ConfigureAwait(false);
            bytes.Slice(_at, count).CopyTo(buffer);
            _at += count;
        }

        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer, offset, count, default).GetAwaiter().GetResult();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
