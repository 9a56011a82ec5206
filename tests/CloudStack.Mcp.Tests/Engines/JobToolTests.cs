using CloudStack.Mcp.Connections;
using CloudStack.Mcp.Engines;
using CloudStack.Mcp.Server.Consent;
using CloudStack.Mcp.Tests.Support;
using CloudStack.Simulator;

namespace CloudStack.Mcp.Tests.Engines;

/// <summary>What cloud_job says is the same, whichever engine follows the job.</summary>
public sealed class JobToolTests
{
    private const string Stop = """{"id":"web-01"}""";

    private static readonly TimeSpan JobDelay = TimeSpan.FromMinutes(5);

    private readonly ShiftedTime _time = new();

    [HostedTheory]
    [InlineData(nameof(EngineKind.Direct))]
    [InlineData(nameof(EngineKind.PowerShell))]
    public async Task A_job_is_listed_asked_about_and_waited_for(string engine)
    {
        await using var server = Start(engine);
        var client = await server.ConnectAsync();
        var job = (await client.ChangeAsync("stopVirtualMachine", Stop))["job"];

        var listed = await client.CallAsync("cloud_job");
        var running = await client.CallAsync("cloud_job", $$"""{"job":"{{job}}"}""");
        var waiting = client.CallAsync("cloud_job", $$"""{"job":"{{job}}","wait":300}""");
        _time.Advance(JobDelay);
        var done = await waiting;
        var later = await client.CallAsync("cloud_job", $$"""{"job":"{{job}}"}""");

        Assert.Contains(listed.Rows, row => row.GetProperty("jobid").GetString() == job || row.GetProperty("id").GetString() == job);
        Assert.Equal("running", running["status"]);
        Assert.All([done, later], answer => Assert.Equal(
            ("done", "stopVirtualMachine", "Stopped"),
            (answer["status"], answer["command"], answer.Json.GetProperty("result").GetProperty("state").GetString()!)));
    }

    [HostedTheory]
    [InlineData(nameof(EngineKind.Direct))]
    [InlineData(nameof(EngineKind.PowerShell))]
    public async Task A_job_that_fails_while_it_is_waited_for_says_why(string engine)
    {
        await using var server = Start(engine);
        server.Cloud.Faults.Inject(new SimulatorFault(FaultKind.FailJob));
        var client = await server.ConnectAsync();
        var started = await client.ChangeAsync("stopVirtualMachine", Stop);
        var job = started.IsError ? started.Error.GetProperty("job").GetString() : started["job"];

        var failed = await client.CallAsync("cloud_job", $$"""{"job":"{{job}}","wait":60}""");

        Assert.Equal("failed", failed["status"]);
        Assert.Contains("made to fail", failed.Error.ToString(), StringComparison.Ordinal);
    }

    [HostedTheory]
    [InlineData(nameof(EngineKind.Direct))]
    [InlineData(nameof(EngineKind.PowerShell))]
    public async Task A_wait_that_is_too_short_leaves_the_job_alone(string engine)
    {
        await using var server = Start(engine);
        var client = await server.ConnectAsync();
        var job = (await client.ChangeAsync("stopVirtualMachine", Stop))["job"];

        var answer = await client.CallAsync("cloud_job", $$"""{"job":"{{job}}","wait":1}""");

        Assert.Equal("running", answer["status"]);
    }

    private TestServer Start(string engine) => new(
        new ServerSettings
        {
            Engine = Enum.Parse<EngineKind>(engine),
            LongestFollow = TimeSpan.FromMilliseconds(30),
            Policy = ConfirmationPolicy.Parse(["disrupt=allow"]),
            Time = _time,
        },
        new SimulatorOptions { JobDelay = JobDelay, Clock = _time });
}
