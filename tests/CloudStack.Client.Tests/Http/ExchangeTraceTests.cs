using Cloud.Core.Errors;
using Cloud.Core.Operations;
using CloudStack.Client.Http;
using CloudStack.Client.Tests.Support;

namespace CloudStack.Client.Tests.Http;

public sealed class ExchangeTraceTests
{
    [Fact]
    public async Task A_request_and_the_shape_of_its_answer_are_told_without_secrets()
    {
        var server = new ScriptedServer().Then("""{"r":{"user":{"id":"1","secretkey":"hush"}}}""");

        var lines = await WatchAsync(server, Sample.Command("createUser", ("username", "nia"), ("password", "Tr0ub4dor")));

        Assert.Equal(2, lines.Count);
        Assert.StartsWith("POST ", lines[0], StringComparison.Ordinal);
        Assert.Contains("command=createUser", lines[0], StringComparison.Ordinal);
        Assert.Contains("username=nia", lines[0], StringComparison.Ordinal);
        Assert.EndsWith("user{2}", lines[1], StringComparison.Ordinal);
        Assert.DoesNotContain(lines, line => line.Contains("Tr0ub4dor", StringComparison.Ordinal) || line.Contains("hush", StringComparison.Ordinal) || line.Contains("apikey", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task An_error_is_told_with_its_text_and_every_try_is_told()
    {
        var server = new ScriptedServer().Then("", 502).Then("""{"r":{"errorcode":431,"errortext":"no such zone"}}""", 431);

        var lines = await WatchAsync(server, Sample.Command("listZones"));

        Assert.Equal(4, lines.Count);
        Assert.StartsWith("HTTP 502", lines[1], StringComparison.Ordinal);
        Assert.Contains("no such zone", lines[3], StringComparison.Ordinal);
    }

    private static async Task<List<string>> WatchAsync(ScriptedServer server, BoundCommand command)
    {
        List<string> lines = [];
        await Task.Run(async () =>
        {
            ExchangeTrace.Watch(lines.Add);
            using var provider = Sample.Provider(server);
            try
            {
                await provider.SendAsync(command, CancellationToken.None);
            }
            catch (CloudException)
            {
                // What it says is among the lines.
            }
        });
        await Task.Run(async () =>
        {
            using var unwatched = Sample.Provider(new ScriptedServer().Then("""{"r":{}}"""));
            await unwatched.SendAsync(Sample.Command("listZones"), CancellationToken.None);
        });
        return lines;
    }
}
