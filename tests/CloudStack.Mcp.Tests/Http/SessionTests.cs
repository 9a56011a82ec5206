using System.Net;
using System.Security.Claims;
using CloudStack.Mcp.Http;
using CloudStack.Mcp.Tests.Support;
using Microsoft.AspNetCore.Builder;

namespace CloudStack.Mcp.Tests.Http;

public sealed class SessionTests
{
    private const string List = """{"jsonrpc":"2.0","id":2,"method":"tools/list"}""";

    [Fact]
    public async Task A_session_lasts_until_it_is_deleted()
    {
        await using var server = await HttpServer.StartAsync();
        var session = await server.BeginAsync();

        Assert.Equal(200, (await server.SendAsync(server.Post(List, session))).Status);
        Assert.Equal(204, (await server.SendAsync(server.Delete(session))).Status);
        Assert.Equal(404, (await server.SendAsync(server.Post(List, session))).Status);
        Assert.Equal(404, (await server.SendAsync(server.Delete(session))).Status);
        Assert.Equal(0, server.Host.Sessions.Count);
    }

    [Fact]
    public async Task Only_initialize_begins_a_session_and_only_a_good_one()
    {
        await using var server = await HttpServer.StartAsync();

        Assert.Equal(400, (await server.SendAsync(server.Post(List))).Status);
        Assert.Equal(404, (await server.SendAsync(server.Post(List, "made-up"))).Status);
        Assert.Equal(400, (await server.SendAsync(server.Post("""{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":7}}"""))).Status);
        Assert.Equal(0, server.Host.Sessions.Count);
    }

    [Fact]
    public async Task A_notification_is_taken_without_an_answer()
    {
        await using var server = await HttpServer.StartAsync();
        var session = await server.BeginAsync();

        using var answer = await server.Http.SendAsync(server.Post("""{"jsonrpc":"2.0","method":"notifications/initialized"}""", session));

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Null(answer.Content.Headers.ContentType);
        Assert.Equal("", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_session_that_is_idle_for_long_ends()
    {
        var time = new ShiftedTime();
        await using var server = await HttpServer.StartAsync(new HttpSettings { Time = time, LongestIdle = TimeSpan.FromMinutes(5) });
        var old = await server.BeginAsync();
        time.Advance(TimeSpan.FromMinutes(4));
        var young = await server.BeginAsync();
        time.Advance(TimeSpan.FromMinutes(2));

        await server.Host.Sessions.PruneAsync();

        Assert.Equal(404, (await server.SendAsync(server.Post(List, old))).Status);
        Assert.Equal(200, (await server.SendAsync(server.Post(List, young))).Status);
    }

    [Fact]
    public async Task A_session_too_many_ends_the_one_that_was_idle_longest()
    {
        var time = new ShiftedTime();
        await using var server = await HttpServer.StartAsync(new HttpSettings { Time = time, MostSessions = 2 });
        var first = await server.BeginAsync();
        time.Advance(TimeSpan.FromSeconds(1));
        var second = await server.BeginAsync();
        time.Advance(TimeSpan.FromSeconds(1));
        await server.SendAsync(server.Post(List, first));
        time.Advance(TimeSpan.FromSeconds(1));
        var third = await server.BeginAsync();

        Assert.Equal(2, server.Host.Sessions.Count);
        Assert.Equal(404, (await server.SendAsync(server.Post(List, second))).Status);
        Assert.Equal(200, (await server.SendAsync(server.Post(List, first))).Status);
        Assert.Equal(200, (await server.SendAsync(server.Post(List, third))).Status);
    }

    [Fact]
    public async Task A_session_answers_only_the_caller_who_began_it()
    {
        var caller = "anna";
        await using var server = await HttpServer.StartAsync(compose: (app, _) => app.Use((context, next) =>
        {
            context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, caller)], "test"));
            return next(context);
        }));
        var session = await server.BeginAsync();
        caller = "bert";

        Assert.Equal(404, (await server.SendAsync(server.Post(List, session))).Status);
        Assert.Equal(404, (await server.SendAsync(server.Delete(session))).Status);
        Assert.Equal(404, (await server.SendAsync(server.Get(session))).Status);
        caller = "anna";
        Assert.Equal(200, (await server.SendAsync(server.Post(List, session))).Status);
    }
}
