using System.Text.Json;
using Cloud.Core.Errors;
using CloudStack.Mcp.Connections;
using CloudStack.Mcp.Engines;
using CloudStack.Mcp.Engines.Pipelines;
using CloudStack.Mcp.Server.Consent;
using CloudStack.Mcp.Tests.Support;
using CloudStack.PowerShell.Hosting.Pipelines;
using CloudStack.Simulator;
using ModelContextProtocol;

namespace CloudStack.Mcp.Tests.Engines;

/// <summary>What a server needs of its engine beside the answers: progress, cancellation, many calls at once, and limits.</summary>
public sealed class PowerShellEngineTests : ServerTest
{
    private const string Stop = """{"id":"web-01"}""";

    private static readonly TimeSpan JobDelay = TimeSpan.FromMinutes(5);

    // Jobs end when the test puts the clock forward.
    private protected override SimulatorOptions Options => new() { JobDelay = JobDelay, Clock = Time, MachineCount = 200 };

    private protected override ServerSettings Settings => new()
    {
        Engine = InstalledPowerShell.Missing is null ? EngineKind.PowerShell : EngineKind.Direct,
        LongestFollow = TimeSpan.FromMilliseconds(30),
        Policy = ConfirmationPolicy.Parse(["disrupt=allow"]),
    };

    private IHostedEngine Engine => (IHostedEngine)Server.Parts.Parts.Engine;

    [HostedFact]
    public async Task A_change_that_takes_long_answers_its_job_and_its_end_is_on_record()
    {
        var started = await Client.ChangeAsync("stopVirtualMachine", Stop);
        Time.Advance(JobDelay);
        var done = await Client.CallAsync("cloud_job", $$"""{"job":"{{started["job"]}}","wait":60}""");
        await Eventually.IsTrueAsync(() => Server.Audit.Records.Any(r => r.Outcome == "completed"));

        Assert.Equal("running", started["status"]);
        Assert.Equal("done", done["status"]);
    }

    [HostedFact]
    public async Task Progress_of_a_cmdlet_becomes_progress_of_the_call()
    {
        var heard = new List<string?>();
        await Client.CallAsync(
            "cloud_change", $$"""{"command":"stopVirtualMachine","arguments":{{Stop}}}""", new Listener(report => heard.Add(report.Message)));

        await Eventually.IsTrueAsync(() => heard.Count > 0);
        Assert.All(heard, message => Assert.StartsWith("stopVirtualMachine: running, job ", message, StringComparison.Ordinal));
    }

    [HostedFact]
    public async Task A_cancelled_wait_ends_the_cmdlet_and_the_runspace_serves_again()
    {
        var started = await Client.ChangeAsync("stopVirtualMachine", Stop);
        using var enough = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Engine.FollowAsync(
            started["job"], "stopVirtualMachine", new PlanFace(new SilentCaller()), enough.Token));

        Assert.False((await Client.ReadAsync("listZones")).IsError);
    }

    [HostedFact]
    public async Task Many_calls_at_once_are_all_answered_each_with_its_own_rows()
    {
        var names = new[] { "web-01", "web-02", "db-01", "db-02" };
        var calls = Enumerable.Range(0, 100).Select(async i =>
        {
            var name = names[i % names.Length];
            var answer = await Client.ReadAsync("listVirtualMachines", $$"""{"name":"{{name}}","listall":true}""");
            return answer.Rows.Length > 0 && answer.Rows.All(row => row.GetProperty("name").GetString()!.Contains(name, StringComparison.Ordinal));
        });

        Assert.All(await Task.WhenAll(calls), Assert.True);
    }

    [HostedFact]
    public async Task A_pipeline_that_takes_too_many_objects_is_stopped()
    {
        var error = await RefusedAsync("Get-CsVirtualMachine -ListAll $true", PipelineLimits.Default with { Objects = 100 });

        Assert.Equal(ErrorCause.OutOfResources, error.Cause);
        Assert.Contains("more than 100 objects", error.Message, StringComparison.Ordinal);
    }

    [HostedFact]
    public async Task A_pipeline_that_takes_too_many_bytes_is_stopped()
    {
        var error = await RefusedAsync("Get-CsVirtualMachine -ListAll $true | Measure-Object", PipelineLimits.Default with { Bytes = 10_000 });

        Assert.Equal(ErrorCause.OutOfResources, error.Cause);
    }

    [HostedFact]
    public async Task A_pipeline_that_takes_too_much_memory_is_stopped_and_the_next_one_runs()
    {
        var error = await RefusedAsync(
            "Get-CsVirtualMachine -ListAll $true | Select-Object *", PipelineLimits.Default with { Allocated = 100_000 });

        Assert.Equal(ErrorCause.OutOfResources, error.Cause);
        Assert.Contains("too much of the server's memory", error.Message, StringComparison.Ordinal);
        Assert.False((await Client.CallAsync("run_pipeline", """{"pipeline":"Get-CsZone | Select-Object Name"}""")).IsError);
    }

    [HostedFact]
    public async Task What_others_hold_and_garbage_end_no_pipeline()
    {
        const int Held = 64;
        Server.Cloud.Faults.Inject(new SimulatorFault(FaultKind.LateAnswer) { Duration = TimeSpan.FromMilliseconds(500) });
        var run = Engine.RunAsync(
            Engine.Check("Get-CsZone", Server.Parts.Parts.Catalog), new PlanFace(new SilentCaller()), "test",
            PipelineLimits.Default with { Memory = 16 * 1024 * 1024 }, isWhatIf: true, CancellationToken.None);
        var hoard = Enumerable.Range(0, Held).Select(_ => new byte[1024 * 1024]).ToList();
        for (var i = 0; i < 200; i++)
        {
            GC.KeepAlive(new byte[1024 * 1024]);
        }

        Assert.Equal(2, (await run).Count);
        Assert.Equal(Held, hoard.Count);
    }

    [HostedFact]
    public async Task More_pipelines_than_may_run_at_once_queue_and_are_then_told_when_to_come_back()
    {
        Server.Cloud.Faults.Inject(new SimulatorFault(FaultKind.LateAnswer) { Duration = TimeSpan.FromHours(1), Times = PipelineTurns.Most });
        using var end = new CancellationTokenSource();
        var running = Enumerable.Range(0, PipelineTurns.Most).Select(_ => ZonesAsync(PipelineLimits.Default with { Time = TimeSpan.FromHours(1) }, end.Token)).ToList();
        await Eventually.IsTrueAsync(() => Server.Cloud.Faults.Waiting.Count == 0);

        var refused = await Assert.ThrowsAsync<CloudException>(() => ZonesAsync(PipelineLimits.Default with { Patience = TimeSpan.FromMilliseconds(50) }, default));
        var queued = ZonesAsync(PipelineLimits.Default with { Patience = TimeSpan.FromHours(1) }, default);
        await end.CancelAsync();

        Assert.Equal((ErrorCause.Throttled, TimeSpan.FromSeconds(10)), (refused.Cause, refused.RetryAfter));
        Assert.Equal(2, (await queued).Count);
        foreach (var run in running)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        }
    }

    [HostedFact]
    public async Task A_pipeline_that_takes_too_long_is_stopped()
    {
        Server.Cloud.Faults.Inject(new SimulatorFault(FaultKind.LateAnswer) { Duration = TimeSpan.FromMinutes(1) });

        var error = await RefusedAsync("Get-CsVirtualMachine", PipelineLimits.Default with { Time = TimeSpan.FromMilliseconds(100) });

        Assert.Equal(ErrorCause.TimedOut, error.Cause);
    }

    [HostedTheory]
    [InlineData("Get-Content /etc/passwd")]
    [InlineData("Get-Process")]
    [InlineData("/bin/sh -c 'echo out'")]
    [InlineData("& '/bin/sh' -c 'echo out'")]
    [InlineData("sh -c 'echo out'")]
    [InlineData("Import-Module Microsoft.PowerShell.Management")]
    [InlineData("Invoke-Expression '1'")]
    [InlineData("Set-Location /")]
    [InlineData("'x' > /tmp/cloudstack-escape.txt")]
    [InlineData("Get-Variable")]
    [InlineData("New-Object System.Net.WebClient")]
    [InlineData("[System.IO.File]::ReadAllText('/etc/passwd')")]
    [InlineData("[System.Diagnostics.Process]::Start('sh')")]
    [InlineData("[System.Net.Http.HttpClient]::new()")]
    [InlineData("'x'.GetType().Assembly.GetType('System.IO.File').GetMethods()")]
    [InlineData("${/etc/passwd}")]
    [InlineData("Invoke-CsApi listZones")]
    [InlineData("Get-CsZone")]
    public async Task Behind_the_check_the_runspace_itself_knows_nothing_else(string script)
    {
        var passed = new CheckedPipeline(script, [], ["Where-Object"]);

        await Assert.ThrowsAsync<CloudException>(() => Engine.RunAsync(
            passed, new PlanFace(new SilentCaller()), "test", PipelineLimits.Default, isWhatIf: true, CancellationToken.None));

        Assert.False(File.Exists("/tmp/cloudstack-escape.txt"));
        Assert.Empty(Server.Cloud.Requests);
    }

    [HostedFact]
    public async Task A_plan_of_more_changes_than_a_person_can_read_is_refused()
    {
        var answer = await Client.CallAsync("run_pipeline", JsonSerializer.Serialize(
            new { pipeline = "Get-CsVirtualMachine -ListAll $true | Update-CsVirtualMachine -DisplayName x" }));

        Assert.Equal("OutOfResources", answer.Cause);
        Assert.DoesNotContain("updateVirtualMachine", Server.Commands);
    }

    [HostedFact]
    public async Task A_pipelines_jobs_are_known_to_cloud_job()
    {
        var pipeline = "Get-CsVirtualMachine -ListAll $true -Name web-01 | Stop-CsVirtualMachine -NoWait";
        var answer = await Client.CallAsync("run_pipeline", JsonSerializer.Serialize(new { pipeline }));

        var job = answer.Rows.Single().GetProperty("JobId").GetString();
        Assert.Equal("running", (await Client.CallAsync("cloud_job", $$"""{"job":"{{job}}"}"""))["status"]);
    }

    private Task<IReadOnlyList<PipelineRow>> ZonesAsync(PipelineLimits limits, CancellationToken cancellationToken) => Engine.RunAsync(
        Engine.Check("Get-CsZone", Server.Parts.Parts.Catalog), new PlanFace(new SilentCaller()), "test", limits, isWhatIf: true, cancellationToken);

    private Task<CloudException> RefusedAsync(string pipeline, PipelineLimits limits) => Assert.ThrowsAsync<CloudException>(() => Engine.RunAsync(
        Engine.Check(pipeline, Server.Parts.Parts.Catalog), new PlanFace(new SilentCaller()), "test", limits, isWhatIf: true, CancellationToken.None));

    private sealed class Listener(Action<ProgressNotificationValue> hear) : IProgress<ProgressNotificationValue>
    {
        public void Report(ProgressNotificationValue value) => hear(value);
    }
}
