using CloudStack.Simulator.Tests.Support;

namespace CloudStack.Simulator.Tests.Faults;

[Trait("Protocol", "11.7")]
public sealed class FaultTests : IDisposable
{
    private readonly SimulatedCloud _cloud = new();
    private readonly SignedCaller _root;

    public FaultTests() => _root = SignedCaller.Root(_cloud);

    [Fact]
    public async Task Refuses_as_often_as_told_and_does_nothing()
    {
        _cloud.Faults.Inject(new SimulatorFault(FaultKind.Refuse) { Times = 2, Status = 503 });

        await _root.RefuseAsync(503, "createDomain", ("name", "a"));
        await _root.RefuseAsync(503, "createDomain", ("name", "a"));
        await _root.DoAsync("createDomain", ("name", "a"));
    }

    [Fact]
    public async Task Throttles_with_the_wait_in_its_text()
    {
        _cloud.Faults.Inject(new SimulatorFault(FaultKind.Throttle) { RetryAfter = TimeSpan.FromMilliseconds(750) });

        var text = await _root.RefuseAsync(429, "createDomain", ("name", "a"));

        Assert.Equal("The given user has reached his/her account api limit, please retry after [750] ms.", text);
    }

    [Fact]
    public async Task Answers_a_proxys_page()
    {
        _cloud.Faults.Inject(new SimulatorFault(FaultKind.HtmlPage) { Status = 502 });

        var reply = await _root.CallAsync("listZones");

        Assert.Equal(502, reply.Status);
        Assert.StartsWith("<!DOCTYPE html>", reply.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Does_the_command_and_answers_nothing_or_half()
    {
        _cloud.Faults.Inject(new SimulatorFault(FaultKind.EmptyBody));
        Assert.Equal((200, ""), (await ChangeAsync("a")) is var empty ? (empty.Status, empty.Body) : default);
        _cloud.Faults.Inject(new SimulatorFault(FaultKind.TruncatedBody));
        var request = new SimulatedRequest { QueryString = _root.Sign("createDomain", ("name", "b")) };
        var half = System.Text.Encoding.UTF8.GetString((await _cloud.HandleAsync(request)).Body.Span);
        Assert.StartsWith("{", half, StringComparison.Ordinal);
        Assert.DoesNotContain("}}", half, StringComparison.Ordinal);
        Assert.Equal(5, (await _root.CallAsync("listDomains", ("listall", "true"))).Count);
    }

    [Fact]
    public async Task Breaks_the_connection_before_or_after_the_work()
    {
        using var client = new HttpClient(_cloud.CreateHandler());
        var before = _cloud.StateVersion;
        _cloud.Faults.Inject(new SimulatorFault(FaultKind.DropRequest));
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(Url("a")));
        Assert.Equal(before, _cloud.StateVersion);

        _cloud.Faults.Inject(new SimulatorFault(FaultKind.DropAnswer));
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(Url("b")));
        Assert.NotEqual(before, _cloud.StateVersion);
        Assert.Equal(0, _cloud.Requests[^1].Status);
        Assert.True(_cloud.Requests[^1].ChangedState);
    }

    [Fact]
    public async Task Hits_only_the_command_it_is_meant_for()
    {
        _cloud.Faults.Inject(new SimulatorFault(FaultKind.Refuse) { Command = "listHosts" });

        Assert.Equal(200, (await _root.CallAsync("listZones")).Status);
        Assert.Equal(503, (await _root.CallAsync("listHosts")).Status);
        Assert.Equal(200, (await _root.CallAsync("listHosts")).Status);
    }

    [Fact]
    public async Task Waits_as_long_as_told_and_no_longer_than_wanted()
    {
        _cloud.Faults.Latency = TimeSpan.FromHours(1);
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(20));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _cloud.HandleAsync(new SimulatedRequest { QueryString = _root.Sign("listZones") }, stop.Token));

        _cloud.Faults.Clear();
        Assert.Equal(200, (await _root.CallAsync("listZones")).Status);
    }

    public void Dispose() => _cloud.Dispose();

    private Task<Reply> ChangeAsync(string name) => _root.PostAsync("createDomain", ("name", name));

    private Uri Url(string name) => new("http://simulator/client/api?" + _root.Sign("createDomain", ("name", name)));
}
