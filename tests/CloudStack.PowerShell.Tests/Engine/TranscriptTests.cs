using System.Text.RegularExpressions;
using CloudStack.PowerShell.Tests.Support;

namespace CloudStack.PowerShell.Tests.Engine;

/// <summary>
/// The pages' commands, run one after the other in a folder of their own, write what the pages say. What needs more than a
/// simulated cloud, such as somebody to type a secret, stands in blocks of <c>ps1</c>, which are left out.
/// </summary>
[Collection(EngineCollection.Name)]
public sealed class TranscriptTests(PowerShellEngine engine) : IDisposable
{
    private const string Mark = "transcript of line ";

    private readonly string _folder = Directory.CreateTempSubdirectory("cloudstack-pages-").FullName;

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [EngineTheory]
    [InlineData("getting-started.md")]
    [InlineData("connecting.md")]
    [InlineData("from-cmk.md")]
    [InlineData("helpers.md")]
    [InlineData("safety.md")]
    [InlineData("simulator.md")]
    [InlineData("runbooks.md")]
    [InlineData("tasks-tenant.md")]
    [InlineData("tasks-domain-admin.md")]
    [InlineData("tasks-root-admin.md")]
    public async Task A_page_shows_what_its_commands_write(string page)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(BuiltModule.RepositoryRoot, "docs", page));
        var transcripts = Transcript.Read(text).Where(t => !t.Command.StartsWith("Import-Module", StringComparison.Ordinal)).ToList();
        await using var cloud = new ListeningCloud();

        var written = engine.RunAlone(Script(transcripts).Replace("http://127.0.0.1:8080", cloud.Url, StringComparison.Ordinal));

        Assert.NotEmpty(transcripts);
        var outputs = string.Join('\n', written).Split(Mark)[1..];
        Assert.Equal(
            string.Concat(transcripts.Select(t => $"line {t.Line}:\n{Settled(t.Output)}\n")),
            string.Concat(outputs.Select(o => o.Split('\n', 2)).Select(o => $"line {o[0]}:\n{Settled(o[1])}\n")));
    }

    private string Script(IEnumerable<Transcript> transcripts) =>
        $"[cultureinfo]::CurrentCulture = [cultureinfo]::InvariantCulture\n$ProgressPreference = 'SilentlyContinue'\nImport-Module '{BuiltModule.Manifest}'\nSet-Location '{_folder}'\n"
        + string.Concat(transcripts.Select(t => $"'{Mark}{t.Line}'\n. {{\n{t.Command}\n}} 2>&1 | Out-String -Width 120\n"));

    // What differs from run to run is taken out. What -WhatIf says goes to the host at once, and so comes before the tables.
    private string Settled(string output)
    {
        // In a script an error shows its line too.
        var said = Regex.Replace(
            output.Replace(_folder, "/home/you", StringComparison.Ordinal), @"^([\w-]+): *\nLine \|\n.*\n +\| +~+ *\n +\| +", "$1: ", RegexOptions.Multiline);
        var lines = Regex.Replace(said, @"\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b", "(id)")
            .Split('\n')
            .Select(line => Regex.Replace(line, @"\d\d/\d\d/\d{4} \d\d:\d\d:\d\d", "(time)").TrimEnd())
            .Select(line => Regex.Replace(line, @"127\.0\.0\.1:\d+(\S*) *", "(cloud)$1 ").TrimEnd())
            .Select(line => Regex.Replace(line, @"\(\d+ ms\)|\d+ s apart", "(time)"))
            .Select(line => Regex.Replace(line, @"^ApiKey : [\w-]{86}$", "ApiKey : (key)"))
            .Where(line => line.Length > 0);
        return string.Join('\n', lines.OrderBy(line => !line.StartsWith("What if: ", StringComparison.Ordinal)));
    }

    /// <summary>A command of a page and what it writes.</summary>
    /// <param name="Line">Which line of the page it begins on.</param>
    /// <param name="Command">The command.</param>
    /// <param name="Output">The text that follows it, or nothing.</param>
    private sealed record Transcript(int Line, string Command, string Output)
    {
        public static IEnumerable<Transcript> Read(string page) =>
            from block in Regex.Matches(page, @"^```powershell\n(.*?)\n```$(\n\n```text\n(.*?)\n```$)?", RegexOptions.Multiline | RegexOptions.Singleline)
            select new Transcript(page.AsSpan(0, block.Index).Count('\n') + 1, block.Groups[1].Value, block.Groups[3].Value);
    }
}
