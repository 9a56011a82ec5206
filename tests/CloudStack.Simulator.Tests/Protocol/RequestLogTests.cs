using CloudStack.Simulator.Tests.Support;

namespace CloudStack.Simulator.Tests.Protocol;

public sealed class RequestLogTests : IDisposable
{
    private readonly SimulatedCloud _cloud = new();
    private readonly SignedCaller _root;

    public RequestLogTests() => _root = SignedCaller.Root(_cloud);

    [Fact]
    public async Task Notes_who_asked_what_and_whether_anything_changed()
    {
        await _root.CallAsync("listZones", ("name", "fra1"));
        await _root.PostAsync("createDomain", ("name", "a"));
        await _root.PostAsync("createDomain", ("name", "a"));

        var entries = _cloud.Requests;
        Assert.Equal(["listZones", "createDomain", "createDomain"], entries.Select(e => e.Command));
        Assert.Equal(["GET", "POST", "POST"], entries.Select(e => e.Method));
        Assert.Equal([200, 200, 431], entries.Select(e => e.Status));
        Assert.Equal([false, true, false], entries.Select(e => e.ChangedState));
        Assert.All(entries, e => Assert.Equal("admin", e.User));
        Assert.Equal("fra1", entries[0].Parameters["name"]);
    }

    [Fact]
    public async Task Keeps_no_secret()
    {
        await _root.PostAsync(
            "createUser", ("username", "u"), ("password", "s3cret-one"), ("account", "admin"), ("email", "e"), ("firstname", "f"), ("lastname", "l"));
        await _cloud.HandleAsync(SignedCaller.Form("command=login&username=admin&password=s3cret-two&sessionkey=s3cret-three"));

        var text = string.Join('\n', _cloud.Requests.SelectMany(e => e.Parameters.Select(p => $"{p.Key}={p.Value}")));

        Assert.DoesNotContain("s3cret", text, StringComparison.Ordinal);
        Assert.DoesNotContain(_cloud.Credentials.RootAdmin.ApiKey, text, StringComparison.Ordinal);
        Assert.Contains("signature=***", text, StringComparison.Ordinal);
        Assert.Contains("password=***", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keeps_the_latest_requests_only()
    {
        using var cloud = new SimulatedCloud(new SimulatorOptions { LoggedRequests = 2 });
        for (var i = 0; i < 3; i++)
        {
            await SignedCaller.Root(cloud).CallAsync("listZones");
        }

        Assert.Equal([2, 3], cloud.Requests.Select(e => (int)e.Number));
    }

    public void Dispose() => _cloud.Dispose();
}
