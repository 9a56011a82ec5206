using CloudStack.Simulator.Tests.Support;

namespace CloudStack.Simulator.Tests.Jobs;

/// <summary>Protocol note, section 8.</summary>
[Trait("Protocol", "8")]
[Trait("Protocol", "11.5")]
public sealed class JobTests : IDisposable
{
    private readonly SteppedClock _clock = new();
    private readonly SimulatedCloud _cloud;
    private readonly SignedCaller _root;

    public JobTests()
    {
        _cloud = new SimulatedCloud(new SimulatorOptions { Clock = _clock, JobDelay = TimeSpan.FromSeconds(10) });
        _root = SignedCaller.Root(_cloud);
    }

    [Fact]
    public async Task Takes_its_time_and_shows_the_state_on_the_way()
    {
        var id = await MachineAsync("web-01");
        var job = await StartAsync("stopVirtualMachine", ("id", id));

        Assert.Equal((0, false), await StandAsync(job));
        Assert.Equal("Stopping", await StateAsync(id));
        _clock.Step(TimeSpan.FromSeconds(5));
        Assert.Equal(50, (await QueryAsync(job)).Content.GetProperty("jobprocstatus").GetInt32());
        _clock.Step(TimeSpan.FromSeconds(5));
        var done = await QueryAsync(job);
        Assert.Equal("Stopped", done.Content.GetProperty("jobresult").GetProperty("virtualmachine").GetProperty("state").GetString());
        Assert.Equal("object", done.Content.GetProperty("jobresulttype").GetString());
        Assert.Equal(id, done.Content.GetProperty("jobinstanceid").GetString());
    }

    [Fact]
    public async Task Works_on_one_object_one_job_after_the_other()
    {
        var id = await MachineAsync("web-01");
        var stop = await StartAsync("stopVirtualMachine", ("id", id));
        var start = await StartAsync("startVirtualMachine", ("id", id));
        var elsewhere = await StartAsync("rebootVirtualMachine", ("id", await MachineAsync("web-02")));

        _clock.Step(TimeSpan.FromSeconds(10));
        Assert.Equal((1, 0, 1), ((await StandAsync(stop)).Status, (await StandAsync(start)).Status, (await StandAsync(elsewhere)).Status));
        Assert.Equal("Starting", await StateAsync(id));
        _clock.Step(TimeSpan.FromSeconds(10));
        Assert.Equal(1, (await StandAsync(start)).Status);
        Assert.Equal("Running", await StateAsync(id));
    }

    [Fact]
    public async Task Gives_up_a_job_that_keeps_its_network_for_more_than_an_hour()
    {
        var network = await _root.IdOfAsync("listNetworks", "web-net");
        _cloud.Faults.JobDelay = TimeSpan.FromHours(3);
        var stuck = await StartAsync("restartNetwork", ("id", network));
        _cloud.Faults.JobDelay = TimeSpan.FromSeconds(10);
        var next = await StartAsync("restartNetwork", ("id", network));

        _clock.Step(TimeSpan.FromMinutes(59));
        Assert.Equal((0, 0), ((await StandAsync(stuck)).Status, (await StandAsync(next)).Status));
        _clock.Step(TimeSpan.FromMinutes(2));

        var given = await QueryAsync(stuck);
        Assert.Equal(2, given.Content.GetProperty("jobstatus").GetInt32());
        Assert.Equal(0, given.Content.GetProperty("jobresultcode").GetInt32());
        Assert.False(given.Content.TryGetProperty("jobresult", out _));
        Assert.Equal(1, (await StandAsync(next)).Status);
    }

    [Fact]
    public async Task Forgets_a_job_that_is_still_pending_after_a_day()
    {
        _cloud.Faults.JobDelay = TimeSpan.FromDays(3);
        var job = await StartAsync("rebootVirtualMachine", ("id", await MachineAsync("web-01")));

        _clock.Step(TimeSpan.FromDays(1));

        Assert.Equal(431, (await QueryAsync(job)).Status);
    }

    [Fact]
    public async Task Fails_with_the_code_and_text_and_nothing_else()
    {
        var job = await StartAsync("startVirtualMachine", ("id", await MachineAsync("web-01")));

        var failed = await QueryAsync(job);

        Assert.Equal(200, failed.Status);
        Assert.Equal(2, failed.Content.GetProperty("jobstatus").GetInt32());
        Assert.Equal(431, failed.Content.GetProperty("jobresultcode").GetInt32());
        Assert.Equal(["errorcode", "errortext"], failed.Content.GetProperty("jobresult").EnumerateObject().Select(m => m.Name));
    }

    [Fact]
    public async Task Fails_without_any_result_when_it_is_lost()
    {
        _cloud.Faults.Inject(new SimulatorFault(FaultKind.LoseJob));
        var id = await MachineAsync("web-01");

        var lost = await QueryAsync(await StartAsync("stopVirtualMachine", ("id", id)));

        Assert.Equal(2, lost.Content.GetProperty("jobstatus").GetInt32());
        Assert.Equal(530, lost.Content.GetProperty("jobresultcode").GetInt32());
        Assert.False(lost.Content.TryGetProperty("jobresult", out _));
        Assert.Equal("Running", await StateAsync(id));
    }

    [Fact]
    public async Task Says_details_where_a_synchronous_answer_says_displaytext()
    {
        var job = await StartAsync("deleteVMSnapshot", ("vmsnapshotid", _cloud.SampleId("VMSnapshotResponse")));
        _clock.Step(TimeSpan.FromSeconds(10));

        Assert.Equal("""{"success":true}""", (await QueryAsync(job)).Content.GetProperty("jobresult").GetRawText());
    }

    [Fact]
    public async Task Takes_the_callers_own_job_id_once()
    {
        const string Own = "0b7a6f0e-4d6f-4d5c-9f77-7c7f6c0e1a11";
        var id = await MachineAsync("web-01");

        Assert.Equal(Own, await StartAsync("stopVirtualMachine", ("id", id), ("customjobid", Own)));
        Assert.Equal(0, (await StandAsync(Own)).Status);
        Assert.Equal(431, (await _root.PostAsync("rebootVirtualMachine", ("id", id), ("customjobid", Own))).Status);
    }

    [Fact]
    public async Task Lists_pending_jobs_only()
    {
        var job = await StartAsync("stopVirtualMachine", ("id", await MachineAsync("web-01")));

        Assert.Equal(job, (await _root.CallAsync("listAsyncJobs")).Items.Single().GetProperty("jobid").GetString());
        _clock.Step(TimeSpan.FromSeconds(10));
        Assert.Empty((await _root.CallAsync("listAsyncJobs")).Items);
        Assert.Equal(1, (await StandAsync(job)).Status);
    }

    [Fact]
    public async Task Forgets_a_job_a_day_after_its_end()
    {
        var job = await StartAsync("stopVirtualMachine", ("id", await MachineAsync("web-01")));
        _clock.Step(TimeSpan.FromSeconds(10));
        Assert.Equal(1, (await StandAsync(job)).Status);
        _clock.Step(TimeSpan.FromMinutes(1441));

        Assert.Equal(431, (await QueryAsync(job)).Status);
    }

    [Fact]
    public async Task Shows_jobs_to_their_users_and_to_administrators_above()
    {
        var job = await StartAsync("stopVirtualMachine", ("id", await MachineAsync("ledger-01")));

        Assert.Equal(531, (await _root.As(_cloud.Credentials.OtherUser).CallAsync("queryAsyncJobResult", ("jobid", job))).Status);
        Assert.Equal(531, (await _root.As(_cloud.Credentials.DomainAdmin).CallAsync("queryAsyncJobResult", ("jobid", job))).Status);
    }

    [Fact]
    public async Task Writes_a_chain_of_events()
    {
        await StartAsync("stopVirtualMachine", ("id", await MachineAsync("web-01")));
        _clock.Step(TimeSpan.FromSeconds(10));
        var events = (await _root.CallAsync("listEvents", ("listall", "true"), ("type", "VM.STOP"))).Items;

        Assert.Equal(["Completed", "Started", "Scheduled"], events.Select(e => e.GetProperty("state").GetString()));
        var first = events[2].GetProperty("id").GetString()!;
        Assert.Equal(first, events[0].GetProperty("parentid").GetString());
        Assert.Equal(3, (await _root.CallAsync("listEvents", ("listall", "true"), ("startid", first))).Count);
    }

    public void Dispose() => _cloud.Dispose();

    private Task<string> MachineAsync(string name) => _root.IdOfAsync("listVirtualMachines", name);

    private async Task<string> StartAsync(string command, params (string, string)[] arguments) =>
        (await _root.DoAsync(command, arguments)).Content.GetProperty("jobid").GetString()!;

    private Task<Reply> QueryAsync(string job) => _root.CallAsync("queryAsyncJobResult", ("jobid", job));

    private async Task<(int Status, bool HasResult)> StandAsync(string job)
    {
        var reply = await QueryAsync(job);
        return (reply.Content.GetProperty("jobstatus").GetInt32(), reply.Content.TryGetProperty("jobresult", out _));
    }

    private async Task<string> StateAsync(string id) =>
        (await _root.CallAsync("listVirtualMachines", ("id", id))).Items[0].GetProperty("state").GetString()!;
}
