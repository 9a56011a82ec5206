using CloudStack.Mcp.Http;
using CloudStack.Mcp.Tests.Http;
using CloudStack.Mcp.Tests.Support;

namespace CloudStack.Mcp.Tests.Load;

[Collection(nameof(ManySessionsTests))]
public sealed class ManySessionsTests
{
    private const int Sessions = 500;
    private const long MostBytesEach = 200_000;

    [Fact]
    public async Task Five_hundred_idle_sessions_with_open_streams_take_little_memory_and_none_when_they_have_gone()
    {
        var time = new ShiftedTime();
        await using var server = await HttpServer.StartAsync(new HttpSettings { Time = time });
        await server.BeginAsync();
        var before = GC.GetTotalMemory(forceFullCollection: true);

        var streams = new List<HttpResponseMessage>();
        for (var i = 0; i < Sessions; i++)
        {
            var session = await server.BeginAsync();
            streams.Add(await server.Http.SendAsync(server.Get(session), HttpCompletionOption.ResponseHeadersRead));
        }

        Assert.InRange((GC.GetTotalMemory(forceFullCollection: true) - before) / Sessions, 0, MostBytesEach);
        Assert.Equal(Sessions + 1, server.Host.Sessions.Count);
        Assert.NotEqual("", await server.BeginAsync());

        streams.ForEach(stream => stream.Dispose());
        await Eventually.IsTrueAsync(() =>
        {
            time.Advance(TimeSpan.FromHours(1));
            _ = server.Host.Sessions.PruneAsync();
            return server.Host.Sessions.Count == 0;
        });
    }

    [Fact]
    public async Task Sessions_that_only_listen_make_room_when_the_table_is_full()
    {
        await using var server = await HttpServer.StartAsync(new HttpSettings { MostSessions = 10 });
        var streams = new List<HttpResponseMessage>();
        for (var i = 0; i < 30; i++)
        {
            streams.Add(await server.Http.SendAsync(server.Get(await server.BeginAsync()), HttpCompletionOption.ResponseHeadersRead));
        }

        Assert.Equal(10, server.Host.Sessions.Count);
        streams.ForEach(stream => stream.Dispose());
    }
}

/// <summary>The memory of the process is looked at, so no other test runs at the same time.</summary>
[CollectionDefinition(nameof(ManySessionsTests), DisableParallelization = true)]
public sealed class ManySessionsCollection;
