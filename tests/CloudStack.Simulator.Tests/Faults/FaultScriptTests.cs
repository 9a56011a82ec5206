using Cloud.Core.Errors;
using CloudStack.Simulator.Tests.Support;

namespace CloudStack.Simulator.Tests.Faults;

[Trait("Protocol", "11.7")]
public sealed class FaultScriptTests : IDisposable
{
    private readonly SimulatedCloud _cloud = new();
    private readonly SignedCaller _root;

    public FaultScriptTests() => _root = SignedCaller.Root(_cloud);

    [Fact]
    public async Task Hits_the_requests_it_names_and_no_others()
    {
        _cloud.Faults.Follow(FaultScript.Parse("""
            # the second and third list of zones, and the first of hosts
            {"fault":"refuse","command":"listZones","on":2,"times":2,"status":502}

            {"fault":"throttle","command":"listHosts","seconds":0.5}
            """));

        int[] zones = [await StatusAsync("listZones"), await StatusAsync("listZones"), await StatusAsync("listZones"), await StatusAsync("listZones")];
        var hosts = await _root.CallAsync("listHosts");

        Assert.Equal([200, 502, 502, 200], zones);
        Assert.Equal((429, "[500] ms."), (hosts.Status, hosts.ErrorText[^9..]));
        Assert.Empty(_cloud.Faults.Waiting);
    }

    [Fact]
    public async Task Counts_requests_that_another_fault_hits()
    {
        _cloud.Faults.Follow(FaultScript.Parse("""
            {"fault":"refuse","on":1,"status":500}
            {"fault":"refuse","on":2,"status":502}
            """));

        int[] statuses = [await StatusAsync("listZones"), await StatusAsync("listHosts"), await StatusAsync("listZones")];

        Assert.Equal([500, 502, 200], statuses);
    }

    [Fact]
    public void Sets_the_switches()
    {
        _cloud.Faults.Follow(FaultScript.Parse("""
            {"latencySeconds":0.25,"jobSeconds":5}
            {"clockAheadSeconds":7200}
            """));

        Assert.Equal(
            (TimeSpan.FromSeconds(0.25), TimeSpan.FromSeconds(5), TimeSpan.FromHours(2)),
            (_cloud.Faults.Latency, _cloud.Faults.JobDelay, _cloud.Faults.ClockAhead));
    }

    [Fact]
    public async Task Lets_a_wrong_clock_spoil_signatures_that_expire()
    {
        var expires = Cloud.Core.Objects.WireDate.Format(DateTimeOffset.UtcNow.AddMinutes(10));
        _cloud.Faults.ClockAhead = TimeSpan.FromHours(2);

        Assert.Equal(401, (await _root.CallAsync("listZones", ("signatureversion", "3"), ("expires", expires))).Status);
        Assert.Equal(200, (await _root.CallAsync("listZones")).Status);
    }

    [Theory]
    [InlineData("{\"fault\":\"explode\"}", "'explode' is no fault")]
    [InlineData("{\"fault\":\"Refuse\"}", "'Refuse' is no fault")]
    [InlineData("{\"fault\":\"refuse\",\"on\":0}", "'on' must be")]
    [InlineData("{\"fault\":\"refuse\",\"times\":\"many\"}", "JSON object")]
    [InlineData("{\"fault\":\"refuse\",\"colour\":1}", "'colour' isn't a member")]
    [InlineData("{\"speed\":1}", "'speed' is no switch")]
    [InlineData("{\"latencySeconds\":1e99}", "'latencySeconds' must lie")]
    [InlineData("[1]", "JSON object")]
    [InlineData("nonsense", "JSON object")]
    public void Names_the_line_it_does_not_understand(string line, string why)
    {
        var error = Assert.Throws<CloudException>(() => FaultScript.Parse("{\"fault\":\"refuse\"}\n" + line));

        Assert.Equal(ErrorCause.InvalidArgument, error.Cause);
        Assert.Contains("Line 2", error.Message, StringComparison.Ordinal);
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answers_as_servers_with_other_habits_do()
    {
        Inject("""{"fault":"textBooleans","command":"listZones"}""");
        Assert.Equal("false", (await _root.CallAsync("listZones")).Items[0].GetProperty("localstorageenabled").GetString());

        Inject("""{"fault":"offsetDates","command":"listHosts"}""");
        var shifted = DateTimeOffset.Parse((await _root.CallAsync("listHosts")).Items[0].GetProperty("created").GetString()!.Insert(22, ":"), System.Globalization.CultureInfo.InvariantCulture);
        var plain = DateTimeOffset.Parse((await _root.CallAsync("listHosts")).Items[0].GetProperty("created").GetString()!.Insert(22, ":"), System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal((TimeSpan.FromHours(2), plain), (shifted.Offset, shifted));

        Inject("""{"fault":"controlCharacter","command":"listZones"}""");
        var spoiled = await _cloud.HandleAsync(new SimulatedRequest { QueryString = _root.Sign("listZones") });
        Assert.Contains((byte)0x1B, spoiled.Body.ToArray());
    }

    [Fact]
    public async Task Drips_an_answer_in_and_loses_nothing_of_it()
    {
        Inject("""{"fault":"slowBody","command":"listZones","seconds":0.03}""");
        using var client = new HttpClient(_cloud.CreateHandler());
        var url = new Uri("http://simulator/client/api?" + _root.Sign("listZones"));

        var slow = await client.GetStringAsync(url);

        Assert.Equal(await client.GetStringAsync(url), slow);
    }

    [Fact]
    public async Task Answers_late_after_the_work_is_done()
    {
        using var cloud = new SimulatedCloud();
        cloud.Faults.Inject(new SimulatorFault(FaultKind.LateAnswer) { Duration = TimeSpan.FromHours(1) });
        using var stop = new CancellationTokenSource();
        var before = cloud.StateVersion;

        var answer = cloud.HandleAsync(
            new SimulatedRequest { QueryString = SignedCaller.Root(cloud).Sign("createDomain", ("name", "late")) }, stop.Token);
        Assert.True(SpinWait.SpinUntil(() => cloud.StateVersion != before, TimeSpan.FromSeconds(30)), "The work was never done.");

        Assert.False(answer.IsCompleted);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
    }

    public void Dispose() => _cloud.Dispose();

    private void Inject(string line) => _cloud.Faults.Follow(FaultScript.Parse(line));

    private async Task<int> StatusAsync(string command) => (await _root.CallAsync(command)).Status;
}
