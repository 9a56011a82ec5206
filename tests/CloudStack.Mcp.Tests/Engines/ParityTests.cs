using System.Text.Json;
using System.Text.RegularExpressions;
using Cloud.Core.Catalog;
using CloudStack.Mcp.Tests.Support;
using Xunit.Abstractions;

namespace CloudStack.Mcp.Tests.Engines;

/// <summary>Both engines give the same answers: to every read, to changes, jobs, mistakes and confirmations.</summary>
public sealed partial class ParityTests(TwoEngines engines, ITestOutputHelper output) : IClassFixture<TwoEngines>
{
    private IEnumerable<CommandSpec> Commands => engines.Direct.Parts.Parts.Catalog.Commands.Where(c => !c.IsAuthenticator);

    public static TheoryData<string, string> Reads => new()
    {
        { "listVirtualMachines", """{"state":"Running"},"limit":2""" },
        { "listVirtualMachines", """{"name":"web*"}""" },
        { "listVirtualMachines", """{"name":"web-01","listall":true},"fields":["*"]""" },
        { "listVirtualMachines", """{"zoneid":"no such zone"}""" },
        { "listVirtualMachines", """{"ids":["5f1f4d6c-98a5-4be5-8a0e-3d1f6c2b7a90"]}""" },
        { "listVirtualMachines", """{"page":1,"pagesize":2}""" },
        { "listVirtualMachines", """{"nmae":"web-01"}""" },
        { "listVirtualMachines", """{"zoneid":5}""" },
        { "listVirtualMachines", """{},"fields":["nmae"]""" },
        { "listVirtualMachines", """{"tags":[{"key":"role","value":"web"}]}""" },
        { "listEvents", """{"startdate":"2026-01-01","enddate":"2026-01-31"}""" },
        { "listEvents", """{"startdate":"2026-01-01T10:00:00+02:00"}""" },
        { "listZones", """{"name":""}""" },
        { "listVirtualMachines", """{"ids":[]}""" },
        { "listVirtualMachines", """{"tags":{}}""" },
        { "listVirtualMachines", """{"tags":{"role":null},"zoneid":null}""" },
        { "listVirtualMachines", """{},"cursor":"broken" """ },
        { "destroyVirtualMachine", "{}" },
        { "noSuchCommand", "{}" },
    };

    public static TheoryData<string, string> Changes => new()
    {
        { "stopVirtualMachine", """{"id":"web-01"}""" },
        { "stopVirtualMachine", """{"id":"web-01"}""" },
        { "startVirtualMachine", """{"id":"web-01"}""" },
        { "rebootVirtualMachine", """{"id":"no such machine"}""" },
        { "updateVirtualMachine", """{"id":"web-01","displayname":"Web, “first”","details":{"a":"1","b":"x y"}}""" },
        { "createTags", """{"resourceids":["web-01"],"resourcetype":"UserVm","tags":{"role":"web"}}""" },
        { "createUser", """{"account":"admin","email":"p@example.com","firstname":"P","lastname":"Q","password":"Tr0ub4dor-parity","username":"parity"}""" },
        { "createUser", """{"account":"admin","email":"p@example.com","firstname":"P","lastname":"Q","password":"Tr0ub4dor-parity","username":"parity"}""" },
        { "createSSHKeyPair", """{"name":"parity"}""" },
        { "createNetwork", """{"name":"parity"}""" },
        { "createVolume", """{"name":"parity","size":"many"}""" },
        { "listZones", "{}" },
    };

    [HostedFact]
    public async Task Every_read_that_needs_no_argument_is_answered_alike() => await AssertAllAlikeAsync(
        "cloud_read", 200, Commands.Where(c => c.IsRead && !c.Parameters.Any(p => p.Required)), _ => "{}");

    [HostedFact]
    public async Task Every_command_is_answered_alike_where_all_arguments_miss() => await AssertAllAlikeAsync(
        "cloud_change", 300, Commands.Where(c => !c.IsRead && c.Parameters.Any(p => p.Required)), _ => "{}");

    [HostedFact]
    public async Task Every_command_is_answered_alike_where_it_reaches_the_server()
    {
        await AssertAllAlikeAsync("cloud_read", 30, Commands.Where(c => c.IsRead && c.Parameters.Any(p => p.Required)), SampleArguments.For);
        await AssertAllAlikeAsync("cloud_change", 400, Commands.Where(c => !c.IsRead), SampleArguments.For);
    }

    [HostedTheory]
    [MemberData(nameof(Reads))]
    public Task A_read_is_answered_alike(string command, string arguments) => AssertAlikeAsync("cloud_read", Call(command, arguments));

    [HostedFact]
    public async Task Changes_are_answered_alike_one_after_the_other()
    {
        foreach (var change in Changes)
        {
            await AssertAlikeAsync("cloud_change", Call((string)change[0], (string)change[1]));
        }
    }

    [HostedFact]
    public async Task A_loss_is_shown_and_confirmed_alike()
    {
        const string Arguments = """{"id":"web-02","expunge":true}""";
        var (direct, hosted) = await AssertAlikeAsync("cloud_change", Call("destroyVirtualMachine", Arguments));

        var doneDirectly = await Confirm(engines.DirectClient, direct["token"]);
        var doneHosted = await Confirm(engines.HostedClient, hosted["token"]);

        Assert.Equal("done", doneDirectly["status"]);
        Assert.Equal(Plain(doneDirectly), Plain(doneHosted));
        Assert.Equal(Plain(await Confirm(engines.DirectClient, direct["token"])), Plain(await Confirm(engines.HostedClient, hosted["token"])));

        static Task<Answer> Confirm(TestClient client, string token) =>
            client.ChangeAsync("destroyVirtualMachine", Arguments, $",\"confirm\":\"{token}\"");
    }

    [HostedFact]
    public async Task A_page_and_the_next_are_answered_alike()
    {
        var (first, _) = await AssertAlikeAsync("cloud_read", Call("listVirtualMachines", """{"listall":true},"limit":5"""));
        var (second, _) = await AssertAlikeAsync(
            "cloud_read", Call("listVirtualMachines", $$"""{"listall":true},"limit":5,"cursor":"{{first["cursor"]}}" """));

        Assert.Equal(5, second.Rows.Length);
        Assert.NotEqual(first.Rows[0].ToString(), second.Rows[0].ToString());
    }

    [HostedFact]
    public async Task A_job_is_told_alike()
    {
        var (volumes, _) = await AssertAlikeAsync("cloud_read", Call("listVolumes", """{"listall":true},"limit":1"""));
        var volume = volumes.Rows[0].GetProperty("id").GetString();
        var (direct, hosted) = await AssertAlikeAsync("cloud_change", Call("createSnapshot", $$"""{"volumeid":"{{volume}}"}"""));

        Assert.Equal(
            Plain(await engines.DirectClient.CallAsync("cloud_job", $$"""{"job":"{{direct["job"]}}"}""")),
            Plain(await engines.HostedClient.CallAsync("cloud_job", $$"""{"job":"{{hosted["job"]}}","wait":1}""")));
        await AssertAlikeAsync("cloud_job", """{"job":"5f1f4d6c-98a5-4be5-8a0e-3d1f6c2b7a90","wait":1}""");
    }

    [HostedFact]
    public async Task Both_write_the_same_audit_trail()
    {
        await engines.CallAsync("cloud_change", Call("stopVirtualMachine", """{"id":"db-01"}"""));
        await engines.CallAsync("cloud_change", Call("destroyVirtualMachine", """{"id":"db-01"}"""));
        await engines.CallAsync("cloud_change", Call("stopVirtualMachine", """{"id":"no such machine"}"""));
        await engines.CallAsync("cloud_read", Call("listZones", "{}"));

        Assert.Equal(Trail(engines.Direct), Trail(engines.Hosted));

        static string[] Trail(TestServer server)
        {
            var numbers = new Dictionary<string, int>();
            return [.. server.Audit.Records.Select(r =>
                $"{r.Phase} {r.Caller} {r.Profile} {r.Command} {Arguments(r.Arguments)} {r.Confirmation} job {Number(numbers, r.Job)} {r.Outcome} {r.Cause}")];
        }

        static string Arguments(IReadOnlyDictionary<string, object> arguments) => string.Join(' ', arguments
            .OrderBy(a => a.Key, StringComparer.Ordinal)
            .Select(a => $"{a.Key}={(a.Value is DateTimeOffset date ? date.UtcDateTime : JsonSerializer.Serialize(a.Value))}"));

        // The client makes up a job's identifier.
        static int Number(Dictionary<string, int> numbers, string? job) =>
            job is null ? 0 : numbers.TryAdd(job, numbers.Count + 1) ? numbers.Count : numbers[job];
    }

    private static string Call(string command, string arguments) => $$"""{"command":"{{command}}","arguments":{{arguments}}}""";

    private async Task AssertAllAlikeAsync(string tool, int least, IEnumerable<CommandSpec> commands, Func<CommandSpec, string> arguments)
    {
        var count = 0;
        foreach (var command in commands)
        {
            await AssertAlikeAsync(tool, Call(command.Name, arguments(command)));
            count++;
        }

        output.WriteLine($"{count} calls of {tool} were answered alike.");
        Assert.InRange(count, least, int.MaxValue);
    }

    private async Task<(Answer Direct, Answer Hosted)> AssertAlikeAsync(string tool, string arguments)
    {
        var (direct, hosted) = await engines.CallAsync(tool, arguments);

        Assert.True(Plain(direct) == Plain(hosted), $"{tool} {arguments}\ndirect: {direct.Text}\nhosted: {hosted.Text}");
        return (direct, hosted);
    }

    // Tokens are sealed with each server's own key, and the client makes up a job's identifier.
    private static string Plain(Answer answer)
    {
        var text = Token().Replace(answer.Text, "\"token\":\"…\"");
        return Job().Match(text) is { Success: true } job
            ? $"{answer.IsError} {text.Replace(job.Groups[1].Value, "…", StringComparison.Ordinal)}"
            : $"{answer.IsError} {text}";
    }

    [GeneratedRegex("\"token\":\"[^\"]+\"")]
    private static partial Regex Token();

    [GeneratedRegex("\"job\":\"([^\"]+)\"")]
    private static partial Regex Job();
}
