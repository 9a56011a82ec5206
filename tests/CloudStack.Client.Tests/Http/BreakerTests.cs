using Cloud.Core.Errors;
using CloudStack.Client.Tests.Faults;
using CloudStack.Client.Tests.Support;

namespace CloudStack.Client.Tests.Http;

/// <summary>A host that fails again and again is left alone, and no command takes for ever.</summary>
public sealed class BreakerTests
{
    private readonly VirtualTime _time = new();

    [Fact]
    public async Task A_host_that_is_down_is_left_alone_for_a_while_and_then_asked_again()
    {
        var isUp = false;
        var server = new ScriptedServer
        {
            Otherwise = _ => isUp ? ScriptedServer.Json("""{"r":{"count":1,"zone":[{"id":"z"}]}}""")
                : throw new HttpRequestException(HttpRequestError.ConnectionError, "refused"),
        };
        using var provider = Sample.Provider(server, _time);
        for (var i = 0; i < 3; i++)
        {
            await FailAsync(provider);
        }

        var sent = server.Log.Count;
        var error = await FailAsync(provider);

        Assert.Equal(sent, server.Log.Count);
        Assert.Equal(ErrorCause.Unavailable, error.Cause);
        Assert.Contains("wasn't sent", error.Message, StringComparison.Ordinal);
        isUp = true;
        _time.Advance(TimeSpan.FromSeconds(16));
        Assert.Single((await provider.SendAsync(Sample.Command("listZones"), CancellationToken.None)).Objects);
    }

    [Fact]
    public async Task All_tries_together_have_a_limit()
    {
        var server = new ScriptedServer
        {
            Otherwise = _ =>
            {
                _time.Advance(TimeSpan.FromMinutes(1.9));
                throw new HttpRequestException(HttpRequestError.ResponseEnded, "gone");
            },
        };
        using var provider = Sample.Provider(
            server, _time, Sample.Connection with { Retries = 20, OperationTimeout = TimeSpan.FromMinutes(5) });

        var error = await FailAsync(provider);

        Assert.Equal(ErrorCause.TimedOut, error.Cause);
        Assert.Equal(3, server.Log.Count);
    }

    private static Task<CloudException> FailAsync(CloudStackProvider provider) =>
        Assert.ThrowsAsync<CloudException>(() => provider.SendAsync(Sample.Command("listZones"), CancellationToken.None));
}
