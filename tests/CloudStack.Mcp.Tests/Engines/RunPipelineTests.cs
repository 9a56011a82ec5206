using System.Text.Json;
using CloudStack.Mcp.Connections;
using CloudStack.Mcp.Engines;
using CloudStack.Mcp.Tests.Support;
using ModelContextProtocol.Protocol;

namespace CloudStack.Mcp.Tests.Engines;

/// <summary>Pipelines that are allowed: reads answer at once, changes are shown, confirmed and only then done.</summary>
public sealed class RunPipelineTests : ServerTest
{
    private const string StopRunning = "Get-CsVirtualMachine -ListAll $true -State Running | Where-Object { $_.Name -like 'web-*' } | Stop-CsVirtualMachine";

    public static TheoryData<string> Reads =>
    [
        "Get-CsZone",
        "get-cszone | select-object Name",
        "Get-CsVirtualMachine -State Running -First 3 | Select-Object Name, Memory",
        "Get-CsVirtualMachine | Where-Object State -eq 'Running' | Sort-Object Memory -Descending | Select-Object -First 2",
        "Get-CsVirtualMachine | Where-Object { $_.State -eq 'Running' -and ($_.Memory -ge 1024 -or -not ($_.Name -like 'web-*')) }",
        "Get-CsVirtualMachine | Where-Object { $_.ZoneName -in 'fra1', \"ams1\" }",
        "Get-CsVirtualMachine |\n Group-Object State -NoElement",
        "Get-CsVirtualMachine | Measure-Object Memory -Sum -Average",
        "Get-CsVirtualMachine | ForEach-Object { $_.Name }",
        "Get-CsVirtualMachine -Name web* | Get-CsVolume",
        "Get-CsVirtualMachine -Tags @{ role = 'web' }",
    ];

    private protected override ServerSettings Settings => new() { Engine = InstalledPowerShell.Missing is null ? EngineKind.PowerShell : EngineKind.Direct };

    [HostedTheory]
    [MemberData(nameof(Reads))]
    public async Task A_pipeline_of_reads_is_answered(string pipeline)
    {
        var answer = await RunAsync(pipeline);

        Assert.False(answer.IsError, answer.Text);
        Assert.True(answer.Has("rows"));
    }

    [HostedFact]
    public async Task Rows_are_what_the_cmdlets_gave()
    {
        var names = await RunAsync("Get-CsVirtualMachine -ListAll $true | Where-Object { $_.Name -eq 'web-01' } | ForEach-Object { $_.Name }");
        var groups = await RunAsync("Get-CsVirtualMachine -ListAll $true | Group-Object State -NoElement");
        var sum = await RunAsync("Get-CsVirtualMachine -ListAll $true | Measure-Object Memory -Sum");

        Assert.Equal(["web-01"], names.Rows.Select(r => r.GetString()));
        Assert.Contains(groups.Rows, r => r.GetProperty("Name").GetString() == "Running" && r.GetProperty("Count").GetInt32() > 1);
        Assert.True(sum.Rows.Single().GetProperty("Sum").GetInt64() > 1024);
    }

    [HostedFact]
    public async Task Dates_are_written_as_the_cloud_writes_them_also_where_properties_are_chosen()
    {
        var whole = await RunAsync("Get-CsVirtualMachine -ListAll $true -Name web-01 | Select-Object *");
        var chosen = await RunAsync("Get-CsVirtualMachine -ListAll $true -Name web-01 | Select-Object Created");
        var read = await Client.ReadAsync("listVirtualMachines", """{"name":"web-01","listall":true}""", ""","fields":["created"]""");

        var created = read.Rows.Single().GetProperty("created").GetString();
        Assert.Equal(created, chosen.Rows.Single().GetProperty("Created").GetString());
        Assert.Equal(created, whole.Rows.Single().GetProperty("Created").GetString());
    }

    [HostedFact]
    public async Task A_person_is_shown_what_a_pipeline_does_however_far_behind_it_stands()
    {
        var pipeline = $"Get-CsVirtualMachine -ListAll $true | Where-Object {{ $_.Name -like 'web-0*' -and $_.Name -ne '{new string('x', 600)}' }} "
            + "| Stop-CsVirtualMachine -Forced $true";
        var shown = "";
        var client = await Server.ConnectAsync(question =>
        {
            shown = question.Message;
            return new ElicitResult { Action = "decline" };
        });

        var declined = await client.CallAsync("run_pipeline", JsonSerializer.Serialize(new { pipeline }));

        Assert.StartsWith("declined", declined["status"], StringComparison.Ordinal);
        Assert.DoesNotContain("-Forced", shown, StringComparison.Ordinal);
        Assert.Contains("forced: true", shown, StringComparison.Ordinal);
        Assert.Contains("web-01 (", shown, StringComparison.Ordinal);
        Assert.Contains("web-02 (", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("stopVirtualMachine", Server.Commands);
    }

    [HostedFact]
    public async Task A_change_is_planned_first_and_sent_only_when_the_plan_comes_back_confirmed()
    {
        var plan = await RunAsync(StopRunning);

        Assert.Equal("not confirmed; nothing was changed", plan["status"]);
        Assert.DoesNotContain("stopVirtualMachine", Server.Commands);
        var targets = plan.Json.GetProperty("changes").EnumerateArray().Select(c => c.GetProperty("target").GetString()!).ToList();
        Assert.Contains(targets, t => t.StartsWith("web-01 (", StringComparison.Ordinal));

        var done = await RunAsync(StopRunning, plan["token"]);

        Assert.Equal("done", done["status"]);
        Assert.Equal(targets.Count, Server.Commands.Count(c => c == "stopVirtualMachine"));
        Assert.Equal("Stopped", await StateOfAsync("web-01"));
        Assert.All(done.Json.GetProperty("changes").EnumerateArray(), c => Assert.Equal("done", c.GetProperty("status").GetString()));
    }

    [HostedFact]
    public async Task A_plan_that_has_changed_is_refused_and_nothing_is_done()
    {
        var plan = await RunAsync(StopRunning);
        var stop = await Client.ChangeAsync("stopVirtualMachine", """{"id":"web-01"}""");
        await Client.ChangeAsync("stopVirtualMachine", """{"id":"web-01"}""", $",\"confirm\":\"{stop["token"]}\"");

        var refused = await RunAsync(StopRunning, plan["token"]);

        Assert.Equal("NotConfirmed", refused.Cause);
        Assert.Single(Server.Commands, command => command == "stopVirtualMachine");
    }

    [HostedFact]
    public async Task A_token_is_for_one_pipeline_and_for_one_time()
    {
        var plan = await RunAsync(StopRunning);

        var other = await RunAsync(StopRunning + " -Forced $true", plan["token"]);
        var first = await RunAsync(StopRunning, plan["token"]);
        var second = await RunAsync("Get-CsVirtualMachine -ListAll $true -Name web-01 | Start-CsVirtualMachine", plan["token"]);

        Assert.Equal("NotConfirmed", other.Cause);
        Assert.Equal("done", first["status"]);
        Assert.Equal("NotConfirmed", second.Cause);
    }

    [HostedFact]
    public async Task What_is_harmless_alone_is_confirmed_where_it_is_done_to_many()
    {
        const string Rename = "Get-CsVirtualMachine -ListAll $true -State Running | Update-CsVirtualMachine -DisplayName same";
        var plan = await RunAsync(Rename);

        Assert.Equal("not confirmed; nothing was changed", plan["status"]);
        Assert.DoesNotContain("updateVirtualMachine", Server.Commands);
        Assert.Equal("done", (await RunAsync(Rename, plan["token"]))["status"]);
    }

    [HostedFact]
    public async Task A_change_that_fails_ends_the_pipeline_and_the_answer_says_what_was_done()
    {
        const string Start = "Get-CsVirtualMachine -ListAll $true | Where-Object { $_.Name -in 'web-01', 'web-02' } | Sort-Object Name | Start-CsVirtualMachine";
        var plan = await RunAsync(Start);

        var failed = await RunAsync(Start, plan["token"]);

        Assert.True(failed.IsError);
        Assert.Equal("JobFailed", failed.Cause);
        Assert.Equal("stopped; 0 of 2 changes were done", failed["status"]);
        Assert.Equal(["failed", "not done"], failed.Json.GetProperty("changes").EnumerateArray().Select(c => c.GetProperty("status").GetString()!));
    }

    [HostedFact]
    public async Task A_critical_change_needs_every_name_typed()
    {
        const string Remove = "Get-CsAccount -ListAll $true | Where-Object Name -eq 'web-team' | Remove-CsAccount";
        await using var server = new TestServer(Settings with { Policy = CloudStack.Mcp.Server.Consent.ConfirmationPolicy.Parse(["critical=token"]) });
        var client = await server.ConnectAsync();
        var plan = await client.CallAsync("run_pipeline", JsonSerializer.Serialize(new { pipeline = Remove }));

        var untyped = await client.CallAsync("run_pipeline", JsonSerializer.Serialize(new { pipeline = Remove, confirm = plan["token"] }));

        Assert.Equal("NotConfirmed", untyped.Cause);
        Assert.DoesNotContain("deleteAccount", server.Commands);
    }

    [HostedFact]
    public async Task A_critical_change_is_denied_where_nobody_can_be_asked()
    {
        var answer = await RunAsync("Get-CsAccount -ListAll $true | Where-Object Name -eq 'web-team' | Remove-CsAccount");

        Assert.Equal("DeniedByPolicy", answer.Cause);
        Assert.DoesNotContain("deleteAccount", Server.Commands);
    }

    [HostedFact]
    public async Task The_operators_limit_holds_in_pipelines()
    {
        await using var server = new TestServer(Settings with { ReadOnly = true });
        var client = await server.ConnectAsync();

        var change = await client.CallAsync("run_pipeline", JsonSerializer.Serialize(new { pipeline = StopRunning }));
        var read = await client.CallAsync("run_pipeline", JsonSerializer.Serialize(new { pipeline = "Get-CsZone" }));

        Assert.Equal("DeniedByPolicy", change.Cause);
        Assert.False(read.IsError);
    }

    [HostedTheory]
    [InlineData("Get-CsUser -ListAll $true | Select-Object *")]
    [InlineData("Get-CsUser -ListAll $true | Select-Object * | Group-Object")]
    [InlineData("Get-CsUser -ListAll $true | Select-Object * | Where-Object { $_ -like '*ApiKey=*' } | ForEach-Object { $_ }")]
    public async Task A_pipeline_sees_no_secret(string pipeline)
    {
        var answer = await RunAsync(pipeline);

        Assert.Contains("***", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Server.Cloud.Credentials.RootAdmin.SecretKey, answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Server.Cloud.Credentials.RootAdmin.ApiKey, answer.Text, StringComparison.Ordinal);
    }

    [HostedFact]
    public async Task An_error_of_a_cmdlet_is_the_answer()
    {
        var answer = await RunAsync("Get-CsVirtualMachine -ZoneId 'no such zone' | Select-Object Name");

        Assert.Equal("NotFound", answer.Cause);
        Assert.Contains("no such zone", answer.Message, StringComparison.Ordinal);
    }

    [HostedFact]
    public async Task A_pipeline_that_reaches_no_object_changes_nothing() => Assert.StartsWith(
        "nothing to do",
        (await RunAsync("Get-CsVirtualMachine | Where-Object Name -eq 'nobody' | Stop-CsVirtualMachine"))["status"],
        StringComparison.Ordinal);

    [HostedFact]
    public async Task Each_planned_and_each_done_change_is_in_the_audit_trail()
    {
        const string Stop = "Get-CsVirtualMachine -ListAll $true -Name web-01 | Stop-CsVirtualMachine";
        var plan = await RunAsync(Stop);
        await RunAsync(Stop, plan["token"]);

        var changes = Server.Audit.Records.Where(r => r.Command == "stopVirtualMachine").Select(r => $"{r.Phase} {r.Caller} {r.Confirmation} {r.Outcome}");
        Assert.Equal(
            ["End mcp:test whatif whatif", "End mcp:test whatif whatif", "Begin mcp:test approved ", "End mcp:test approved completed"], changes);
    }

    [Fact]
    public async Task The_direct_engine_has_no_such_tool()
    {
        await using var server = new TestServer();
        var client = await server.ConnectAsync();

        Assert.DoesNotContain(await client.Mcp.ListToolsAsync(), tool => tool.Name == "run_pipeline");
    }

    private Task<Answer> RunAsync(string pipeline, string? confirm = null) =>
        Client.CallAsync("run_pipeline", JsonSerializer.Serialize(confirm is null ? new { pipeline } : (object)new { pipeline, confirm }));
}
