using System.Runtime.Versioning;
using Cloud.Core.Audit;
using Cloud.Core.Catalog;
using CloudStack.Mcp.CommandLine.Coverage;
using CloudStack.Client.Diagnosis;
using CloudStack.Mcp.CommandLine.Doctor.Machine;
using CloudStack.Mcp.Engines.PowerShell;
using CloudStack.Mcp.Tests.Engines;

namespace CloudStack.Mcp.Tests.CommandLine.Doctor;

/// <summary>What the doctor says of this machine.</summary>
public sealed class MachineCheckTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cloudstack-test-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_check_that_breaks_down_is_a_finding_and_the_next_is_made()
    {
        var examination = new Examination((_, _) => { });

        await examination.RunEachAsync([new BrokenCheck(), new RuntimeCheck()], CancellationToken.None);

        Assert.Equal([Verdict.Fail, Verdict.Ok], examination.Findings.Select(found => found.Finding.Verdict));
        Assert.Contains("out of order", examination.Findings[0].Finding.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_audit_trail_that_is_not_there_yet_can_be_made_and_is_not_made_by_the_check()
    {
        var finding = await RunAsync(new AuditCheck(In("new", "audit.jsonl")));

        Assert.Equal(Verdict.Ok, finding.Verdict);
        Assert.Empty(_folder.GetFileSystemInfos());
    }

    [Fact]
    public async Task An_unbroken_audit_trail_passes_and_keeps_its_bytes()
    {
        var path = await AuditAsync(3);
        var before = await File.ReadAllBytesAsync(path);

        var finding = await RunAsync(new AuditCheck(path));

        Assert.Equal(Finding.Ok($"{path}: 3 lines, the chain unbroken"), finding);
        Assert.Equal(before, await File.ReadAllBytesAsync(path));
    }

    [Fact]
    public async Task A_line_that_was_changed_is_named()
    {
        var path = await AuditAsync(3);
        var lines = await File.ReadAllLinesAsync(path);
        lines[1] = lines[1].Replace("tester", "nobody", StringComparison.Ordinal);
        await File.WriteAllLinesAsync(path, lines);

        var finding = await RunAsync(new AuditCheck(path));

        Assert.Equal(Verdict.Fail, finding.Verdict);
        Assert.Contains("broken at line 2", finding.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_audit_trail_in_an_impossible_place_fails()
    {
        await File.WriteAllTextAsync(In("file"), "");

        var finding = await RunAsync(new AuditCheck(In("file", "audit.jsonl")));

        Assert.Equal(Verdict.Fail, finding.Verdict);
        Assert.Contains("--audit-log", finding.Next, StringComparison.Ordinal);
    }

    [LinuxFact]
    [SupportedOSPlatform("linux")]
    public async Task A_profile_file_that_others_may_read_fails()
    {
        var path = In("profiles.json");
        await File.WriteAllTextAsync(path, "{}");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.GroupRead);

        Assert.Equal(Verdict.Fail, (await RunAsync(new ProfileCheck(path))).Verdict);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Assert.Equal(Verdict.Ok, (await RunAsync(new ProfileCheck(path))).Verdict);
    }

    [Fact]
    public async Task No_profile_file_is_fine() =>
        Assert.Equal(Verdict.Ok, (await RunAsync(new ProfileCheck(In("profiles.json")))).Verdict);

    [Fact]
    public async Task The_module_is_found_beside_the_program_with_the_programs_own_version()
    {
        var finding = await RunAsync(new ModuleCheck(BuiltModule.Beside));

        Assert.Equal(Verdict.Ok, finding.Verdict);
        Assert.StartsWith($"version {typeof(Finding).Assembly.GetName().Version!.ToString(3)} at", finding.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_module_is_a_warning() =>
        Assert.Equal(Verdict.Warn, (await RunAsync(new ModuleCheck(new BuiltModule(In("none"))))).Verdict);

    [Fact]
    public async Task A_missing_PowerShell_is_a_warning_that_names_where_it_was_looked_for()
    {
        var nowhere = await RunAsync(new PowerShellCheck(new PowerShellSearch(null, _folder.FullName, []), Environment.Version));
        var named = await RunAsync(new PowerShellCheck(new PowerShellSearch(_folder.FullName, null, []), Environment.Version));

        Assert.Equal(Verdict.Warn, nowhere.Verdict);
        Assert.Contains("none is on PATH or in the folders of installers", nowhere.Detail, StringComparison.Ordinal);
        Assert.Contains($"{PowerShellSearch.Variable} names '{_folder.FullName}'", named.Detail, StringComparison.Ordinal);
        Assert.Contains("The MCP server works without", named.Next, StringComparison.Ordinal);
    }

    [HostedFact]
    public async Task The_PowerShell_is_the_one_that_the_server_would_host()
    {
        var home = PowerShellSearch.Here.Find(Environment.Version);

        var finding = await RunAsync(new PowerShellCheck(PowerShellSearch.Here, Environment.Version));

        Assert.Equal(Finding.Ok($"PowerShell {home.Version.ToString(3)} in '{home.Folder}'"), finding);
    }

    [HostedFact]
    public async Task A_PowerShell_that_needs_a_newer_runtime_is_a_warning_with_the_reason()
    {
        var finding = await RunAsync(new PowerShellCheck(PowerShellSearch.Here, new Version(6, 0)));

        Assert.Equal(Verdict.Warn, finding.Verdict);
        Assert.Contains("this server runs on .NET 6.0", finding.Detail, StringComparison.Ordinal);
    }

    private static Task<Finding> RunAsync(ICheck check) => check.RunAsync(CancellationToken.None);

    private string In(params string[] names) => Path.Combine([_folder.FullName, .. names]);

    private async Task<string> AuditAsync(int lines)
    {
        var log = new FileAuditLog(In("audit.jsonl"));
        for (var i = 0; i < lines; i++)
        {
            await log.AppendAsync(
                new AuditRecord
                {
                    Time = DateTimeOffset.UnixEpoch,
                    Phase = AuditPhase.End,
                    Operation = "o",
                    Caller = "tester",
                    Profile = "",
                    Server = "cloud.example",
                    Command = "listZones",
                    Effect = Effect.Read,
                    Arguments = new Dictionary<string, object>(),
                    Confirmation = "none",
                },
                CancellationToken.None);
        }

        return log.Path;
    }

    private sealed class BrokenCheck : ICheck
    {
        public string Name => "broken";

        public Task<Finding> RunAsync(CancellationToken cancellationToken) => throw new InvalidOperationException("out of order");
    }
}
