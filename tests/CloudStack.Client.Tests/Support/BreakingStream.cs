namespace CloudStack.Client.Tests.Support;

/// <summary>A body that gives a few bytes and then breaks.</summary>
internal sealed class BreakingStream(Exception exception) : MemoryStream("{\"r\":"u8.ToArray())
{
    public override bool CanSeek => false;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Position < Length ? base.ReadAsync(buffer, cancellationToken) : throw exception;
}
