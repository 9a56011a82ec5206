using System.Diagnostics;
using System.Text.RegularExpressions;
using CloudStack.PowerShell.Tests.Support;

namespace CloudStack.PowerShell.Tests.Engine;

/// <summary>The whole example of the page on runbooks, run as a scheduler runs it against a cloud over HTTP.</summary>
public sealed partial class RunbookPageTests : IDisposable
{
    private const string Name = "stop-stale-machines.ps1";

    private readonly string _folder = Directory.CreateTempSubdirectory("cloudstack-runbook-").FullName;
    private readonly string _page = File.ReadAllText(Path.Combine(BuiltModule.RepositoryRoot, "docs", "runbooks.md")).ReplaceLineEndings("\n");

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [EngineFact]
    public async Task The_example_writes_what_the_page_says()
    {
        await using var cloud = new ListeningCloud();
        var blocks = Block().Matches(_page).Select(match => (Kind: match.Groups[1].Value, Text: match.Groups[2].Value)).ToList();
        await File.WriteAllTextAsync(
            Path.Combine(_folder, Name), blocks.Single(block => block.Text.StartsWith("#Requires", StringComparison.Ordinal)).Text);
        var prepare = blocks.Single(block => block.Text.Contains("New-CsTag", StringComparison.Ordinal)).Text;
        var transcripts = blocks.Where(block => block.Kind == "text" && block.Text.StartsWith("> pwsh", StringComparison.Ordinal)).ToList();

        Assert.Equal(0, (await RunAsync(cloud, cloud.Cloud.Credentials.RootAdmin.SecretKey, "-Command", prepare)).ExitCode);
        var runs = Run().Matches(transcripts[0].Text).Select(match => (Arguments: match.Groups[1].Value, Output: match.Groups[2].Value)).ToList();
        Assert.Equal(3, runs.Count);
        foreach (var (arguments, output) in runs)
        {
            var (exitCode, written) = await RunAsync(
                cloud, cloud.Cloud.Credentials.RootAdmin.SecretKey, ["-File", Name, .. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

            Assert.Equal((0, Settled(output)), (exitCode, Settled(written)));
        }

        var refused = await RunAsync(cloud, "wrong", "-File", Name);
        Assert.Equal((2, Settled(transcripts[1].Text.Split('\n', 2)[1])), (refused.ExitCode, Settled(refused.Output)));
    }

    private async Task<(int ExitCode, string Output)> RunAsync(ListeningCloud cloud, string secretKey, params string[] arguments)
    {
        var start = new ProcessStartInfo(InstalledEngine.Found.Path!, ["-NoProfile", "-NonInteractive", .. arguments])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = _folder,
        };
        start.Environment["NO_COLOR"] = "1";
        start.Environment["PSModulePath"] = Path.GetDirectoryName(BuiltModule.Folder);
        start.Environment["CLOUDSTACK_AUDIT_LOG"] = Path.Combine(_folder, "audit.jsonl");
        start.Environment["CLOUDSTACK_API_URL"] = cloud.Url;
        start.Environment["CLOUDSTACK_API_KEY"] = cloud.Cloud.Credentials.RootAdmin.ApiKey;
        start.Environment["CLOUDSTACK_SECRET_KEY"] = secretKey;
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output.ReplaceLineEndings("\n"));
    }

    // Identifiers differ from run to run. A console that isn't wide breaks lines.
    private static string Settled(string output) => Space().Replace(Identifier().Replace(output, "(id)"), " ").Trim();

    [GeneratedRegex(@"^```(ps1|text)\n(.*?)\n```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(
        @"^> pwsh -NonInteractive -File \./stop-stale-machines\.ps1(.*?)\n(.*?)(?=\n> |\z)", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Run();

    [GeneratedRegex(@"\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b")]
    private static partial Regex Identifier();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
