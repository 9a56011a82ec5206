using CloudStack.Mcp.Http;
using CloudStack.Mcp.Tests.Http;
using CloudStack.Mcp.Tests.Support;
using CloudStack.Simulator;

namespace CloudStack.Mcp.Tests.Load;

/// <summary>Clients that send too much, too slowly, or go in the middle: they hear why, and nobody else does.</summary>
public sealed class BadClientTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_that_is_too_large_is_refused_with_the_cause(bool chunked)
    {
        await using var server = await HttpServer.StartAsync(new HttpSettings { LargestBody = 100_000 });
        var request = server.Post($"\"{new string('x', 200_000)}\"");
        request.Headers.TransferEncodingChunked = chunked;
        request.Headers.ConnectionClose = true;

        var (status, body) = await server.SendAsync(request);

        Assert.Equal(413, status);
        Assert.Contains("larger than", body.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.NotEqual("", await server.BeginAsync());
    }

    [Fact]
    public async Task A_client_that_sends_next_to_nothing_is_let_go_while_others_are_served()
    {
        await using var server = await HttpServer.StartAsync(new HttpSettings { LongestStall = TimeSpan.FromSeconds(1.5) });
        using var slow = new RawConnection();
        await slow.ConnectAsync(server.Host.Url);
        await slow.SendAsync(RawConnection.Head(server.Host.Url, 10_000) + "{\"jsonrpc\"");

        Assert.NotEqual("", await server.BeginAsync());
        var answer = await slow.ReadAsync();

        Assert.Contains("408", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_reads_none_of_its_answers_has_most_of_them_not_made_while_others_are_served()
    {
        const int Asked = 400;
        const string Call =
            """{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"cloud_read","arguments":{"command":"listVirtualMachines","arguments":{"listall":true},"fields":["*"],"limit":100}}}""";
        await using var server = await HttpServer.StartAsync(options: new SimulatorOptions { MachineCount = 500 });
        var head = RawConnection.Head(server.Host.Url, Call.Length, $"Mcp-Session-Id: {await server.BeginAsync()}\r\n");
        using var slow = new RawConnection();
        slow.TakeLittle();
        await slow.ConnectAsync(server.Host.Url);

        await slow.SendAsync(string.Concat(Enumerable.Repeat(head + Call, Asked)));
        var (made, unchanged) = (0, 0);
        await Eventually.IsTrueAsync(() =>
        {
            var now = server.Cloud.Requests.Count(request => request.Command == "listVirtualMachines");
            (made, unchanged) = (now, now == made ? unchanged + 1 : 0);
            return made > 0 && unchanged == 100;
        });

        Assert.InRange(made, 1, Asked - 1);
        Assert.NotEqual("", await server.BeginAsync());
    }

    [Fact]
    public async Task A_client_that_closes_its_half_is_taken_for_gone_and_leaves_no_session_that_a_call_holds()
    {
        await using var server = await HttpServer.StartAsync(new HttpSettings { MostSessions = 1 });
        using var half = new RawConnection();
        await half.ConnectAsync(server.Host.Url);
        await half.SendAsync(RawConnection.Head(server.Host.Url, HttpServer.Initialize.Length) + HttpServer.Initialize);
        half.CloseHalf();
        await half.ReadAsync();

        Assert.NotEqual("", await server.BeginAsync());
        Assert.Equal(1, server.Host.Sessions.Count);
    }

    [Fact]
    public async Task Clients_that_go_in_the_middle_leave_nothing_behind()
    {
        await using var server = await HttpServer.StartAsync();
        for (var i = 0; i < 50; i++)
        {
            using var gone = new RawConnection();
            await gone.ConnectAsync(server.Host.Url);
            await gone.SendAsync(RawConnection.Head(server.Host.Url, 1000) + "{\"jsonrpc\":\"2.0\"");
            if (i % 2 == 0)
            {
                gone.CloseHalf();
            }
        }

        Assert.NotEqual("", await server.BeginAsync());
        Assert.Equal(1, server.Host.Sessions.Count);
    }
}
