namespace CloudStack.Mcp.Tests.Support;

/// <summary>Proves on the cloud's own log that a call left it as it was.</summary>
internal sealed class NothingChanged : IDisposable
{
    private readonly TestServer _server;
    private readonly long _version;
    private readonly int _requests;

    public NothingChanged(TestServer server)
    {
        _server = server;
        _version = server.Cloud.StateVersion;
        _requests = server.Cloud.Requests.Count;
    }

    /// <summary>True to prove besides that nothing at all was sent.</summary>
    public bool NorSent { get; init; }

    public void Dispose()
    {
        Assert.Equal(_version, _server.Cloud.StateVersion);
        var since = _server.Cloud.Requests.Skip(_requests).ToList();
        Assert.DoesNotContain(since, request => request.ChangedState);
        if (NorSent)
        {
            Assert.Empty(since);
        }
    }
}
