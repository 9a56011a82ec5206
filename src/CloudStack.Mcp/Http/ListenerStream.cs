using System.Buffers;

namespace CloudStack.Mcp.Http;

/// <summary>
/// A stream of events that may be silent for long, on its way to whoever listens just now: a client that comes again takes the
/// place of the connection it lost. What is sent while nobody listens is lost. A comment now and then keeps proxies from
/// cutting the stream, and finds out that a client has gone without a word.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class ListenerStream(TimeProvider time) : Stream
{
    /// <summary>The time between two comments. Proxies commonly cut what is silent for a minute.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(25);

    private static readonly byte[] Comment = [.. ": \n\n"u8];

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly ArrayBufferWriter<byte> _event = new();
    private Listener? _listener;

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Lets a connection listen until it's gone, another takes its place, or the stream ends.</summary>
    /// <param name="connection">Where events go; nothing is written to it any more when this has returned.</param>
    /// <param name="cancellationToken">Ends when the connection is gone.</param>
    public async Task ListenAsync(Stream connection, CancellationToken cancellationToken)
    {
        var listener = new Listener(connection, cancellationToken);
        await ReplaceAsync(_ => listener);
        while (!listener.Left.IsCompleted && !cancellationToken.IsCancellationRequested)
        {
            await Task.WhenAny(listener.Left, Task.Delay(Pause, time, cancellationToken));
            await SendAsync(listener, Comment);
        }

        await ReplaceAsync(current => current == listener ? null : current);
    }

    /// <summary>Ends it for who listens.</summary>
    public Task EndAsync() => ReplaceAsync(_ => null);

    /// <inheritdoc/>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _event.Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        await SendAsync(null, _event.WrittenMemory);
        _event.ResetWrittenCount();
    }

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => _event.Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush() => throw new NotSupportedException();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    private async Task ReplaceAsync(Func<Listener?, Listener?> choose)
    {
        await _turn.WaitAsync();
        try
        {
            var chosen = choose(_listener);
            if (chosen != _listener)
            {
                _listener?.Leave();
            }

            _listener = chosen;
        }
        finally
        {
            _turn.Release();
        }
    }

    // Sends to one listener, while it is the one, or to whoever it is.
    private async Task SendAsync(Listener? only, ReadOnlyMemory<byte> bytes)
    {
        await _turn.WaitAsync();
        try
        {
            if (_listener is { } listener && (only is null || only == listener))
            {
                await listener.SendAsync(bytes);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    private sealed class Listener(Stream connection, CancellationToken gone)
    {
        private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Left => _left.Task;

        public void Leave() => _left.TrySetResult();

        public async Task SendAsync(ReadOnlyMemory<byte> bytes)
        {
            try
            {
                await connection.WriteAsync(bytes, gone);
                await connection.FlushAsync(gone);
            }
            catch (Exception error) when (error is OperationCanceledException or IOException or ObjectDisposedException)
            {
                Leave();
            }
        }
    }
}
