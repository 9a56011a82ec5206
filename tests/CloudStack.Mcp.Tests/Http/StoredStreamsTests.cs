using System.Net.ServerSentEvents;
using CloudStack.Mcp.Http.Resumption;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace CloudStack.Mcp.Tests.Http;

#pragma warning disable MCP9006

public sealed class StoredStreamsTests
{
    private const int Room = 10_000;

    private readonly StoredStreams _stored = new(Room);

    [Fact]
    public async Task However_much_is_sent_no_more_is_kept_than_the_bound_and_the_oldest_goes_first()
    {
        var old = await OpenAsync("a");
        var first = await SayAsync(old);
        await SayAsync(old);
        var streams = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => OpenAsync("b")));
        var last = "";
        foreach (var stream in streams)
        {
            last = await SayAsync(stream);
            Assert.InRange(_stored.Bytes, 1, Room);
        }

        await SayAsync(old);
        Assert.Null(_stored.After("a", first));
        Assert.NotNull(_stored.After("b", last));
    }

    [Fact]
    public async Task A_session_that_ends_leaves_nothing()
    {
        var stream = await OpenAsync("a");
        await SayAsync(stream);

        _stored.Forget("a");
        await SayAsync(stream);

        Assert.Equal(0, _stored.Bytes);
    }

    [Fact]
    public async Task Who_follows_a_stream_gets_what_comes_later_until_it_ends()
    {
        var stream = await OpenAsync("a");
        var id = await SayAsync(stream);
        using var body = new MemoryStream();
        var copying = _stored.After("a", id)!.CopyToAsync(body, CancellationToken.None);

        await SayAsync(stream);
        await SayAsync(stream);
        Assert.False(copying.IsCompleted);
        await stream.DisposeAsync();
        await copying;

        Assert.Equal(2, System.Text.Encoding.UTF8.GetString(body.ToArray()).Split("data: {").Length - 1);
    }

    private ValueTask<ISseEventStreamWriter> CreateAsync(string session) =>
        _stored.CreateStreamAsync(new SseEventStreamOptions { SessionId = session, StreamId = "1" });

    private Task<ISseEventStreamWriter> OpenAsync(string session) => CreateAsync(session).AsTask();

    private static async Task<string> SayAsync(ISseEventStreamWriter stream) => (await stream.WriteEventAsync(
        new SseItem<JsonRpcMessage?>(new JsonRpcNotification { Method = "notifications/message" }, null))).EventId!;
}
