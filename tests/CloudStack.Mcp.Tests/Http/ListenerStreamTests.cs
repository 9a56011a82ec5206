using System.IO.Pipelines;
using System.Text;
using CloudStack.Mcp.Http;

namespace CloudStack.Mcp.Tests.Http;

/// <summary>The stream that outlives its listeners.</summary>
public sealed class ListenerStreamTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Who_comes_last_hears_what_is_said_and_who_was_there_before_is_let_go()
    {
        await using var stream = new ListenerStream(TimeProvider.System);
        var (first, second) = (new Pipe(), new Pipe());
        var before = stream.ListenAsync(first.Writer.AsStream(), CancellationToken.None);
        var after = stream.ListenAsync(second.Writer.AsStream(), CancellationToken.None);
        await before.WaitAsync(Patience);

        await SayAsync(stream, "data: 1\n\n");
        await stream.EndAsync();
        await after.WaitAsync(Patience);

        Assert.Equal("", await HeardAsync(first));
        Assert.Equal("data: 1\n\n", await HeardAsync(second));
    }

    [Fact]
    public async Task What_nobody_hears_is_lost_and_stops_nothing()
    {
        await using var stream = new ListenerStream(TimeProvider.System);
        using var gone = new CancellationTokenSource();
        var listening = stream.ListenAsync(new BrokenStream(), gone.Token);

        await SayAsync(stream, "data: 1\n\n");
        await listening.WaitAsync(Patience);
        await SayAsync(stream, "data: 2\n\n");
        var heard = new Pipe();
        listening = stream.ListenAsync(heard.Writer.AsStream(), gone.Token);
        await SayAsync(stream, "data: 3\n\n");
        await gone.CancelAsync();
        await listening.WaitAsync(Patience);

        Assert.Equal("data: 3\n\n", await HeardAsync(heard));
    }

    [Fact]
    public async Task Silence_is_broken_by_comments_that_stand_between_events()
    {
        await using var stream = new ListenerStream(new HurriedTime());
        var heard = new Pipe();
        var listening = stream.ListenAsync(heard.Writer.AsStream(), CancellationToken.None);
        var text = "";
        while (text.Split(": \n\n").Length < 4)
        {
            var read = await heard.Reader.ReadAsync().AsTask().WaitAsync(Patience);
            text += Encoding.UTF8.GetString(read.Buffer);
            heard.Reader.AdvanceTo(read.Buffer.End);
            await stream.WriteAsync("data: "u8.ToArray());
            await SayAsync(stream, "1\n\n");
        }

        await stream.EndAsync();
        await listening.WaitAsync(Patience);

        Assert.Equal("", text.Replace("data: 1\n\n", "", StringComparison.Ordinal).Replace(": \n\n", "", StringComparison.Ordinal));
    }

    private static async Task SayAsync(ListenerStream stream, string text)
    {
        await stream.WriteAsync(Encoding.UTF8.GetBytes(text));
        await stream.FlushAsync();
    }

    private static async Task<string> HeardAsync(Pipe pipe)
    {
        await pipe.Writer.CompleteAsync();
        using var reader = new StreamReader(pipe.Reader.AsStream());
        return await reader.ReadToEndAsync();
    }

    // Every timer is due at once.
    private sealed class HurriedTime : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, TimeSpan.FromMilliseconds(1), period);
    }

    private sealed class BrokenStream : MemoryStream
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new IOException("The connection is broken.");
    }
}
