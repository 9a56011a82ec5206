using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using CloudStack.Mcp.Tests.Support;

namespace CloudStack.Mcp.Tests.CommandLine;

/// <summary>The pages' commands for a shell, run as they stand there, write what the pages say.</summary>
public sealed partial class ShellTranscriptTests
{
    [LinuxTheory]
    [InlineData("connecting.md", 1)]
    [InlineData("from-cmk.md", 2)]
    [InlineData("runbooks.md", 2)]
    [InlineData("safety.md", 4)]
    public async Task A_page_shows_what_its_commands_write(string page, int count)
    {
        using var cloud = await RunningSimulator.StartAsync();
        var transcripts = Block().Matches(await PageAsync(page));

        Assert.Equal(count, transcripts.Count);
        foreach (Match transcript in transcripts)
        {
            await DemandAsync(
                transcript.Groups[1].Value.Replace("http://127.0.0.1:8080", Root(cloud.Url), StringComparison.Ordinal), transcript.Groups[2].Value);
        }
    }

    [LinuxFact]
    public async Task The_page_on_troubles_shows_what_the_troubled_see()
    {
        using var cloud = await RunningSimulator.StartAsync();
        using var portal = new HttpListener();
        var elsewhere = FreeAddress();
        portal.Prefixes.Add(elsewhere);
        portal.Start();
        _ = ServeNothingAsync(portal);
        var transcripts = Prompt().Matches(await PageAsync("troubleshooting.md"))
            .Select(match => (Command: match.Groups[1].Value, Output: match.Groups[2].Value)).ToList();

        Assert.Equal(4, transcripts.Count);
        foreach (var (command, output) in transcripts)
        {
            await DemandAsync(
                command,
                output,
                ("CLOUDSTACK_API_URL", output.Contains("no CloudStack API", StringComparison.Ordinal) ? elsewhere : Root(cloud.Url)),
                ("CLOUDSTACK_API_KEY", cloud.ApiKey),
                ("CLOUDSTACK_SECRET_KEY", "wrong"));
        }
    }

    private static async Task DemandAsync(string command, string expected, params (string Name, string Value)[] environment)
    {
        var written = await RunAsync(command, environment);

        // What a page leaves out is an ellipsis there.
        var pattern = string.Join(".*", Settled(expected).Split('…').Select(Regex.Escape));
        Assert.True(
            Regex.IsMatch(Settled(written), $@"\A{pattern}\z", RegexOptions.Singleline),
            $"{command}\nis said to write:\n{expected}\nand writes:\n{written}");
    }

    private static async Task<string> RunAsync(string command, (string Name, string Value)[] environment)
    {
        using var run = new ProgramRun();
        var script = $"cloudstack-mcp() {{ dotnet '{Shell.Path}' \"$@\"; }}\n{{\n{command}\n}} 2>&1";
        var start = new ProcessStartInfo("bash", ["-c", script]) { RedirectStandardOutput = true };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("CLOUDSTACK_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["HOME"] = start.Environment["XDG_CONFIG_HOME"] = run.Config;
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return output;
    }

    // Identifiers, times and addresses differ from run to run, and what a doctor counts from machine to machine.
    private static string Settled(string output) => string.Join('\n', Differing().Replace(output, "(differs)")
        .Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0));

    private static async Task<string> PageAsync(string name) =>
        (await File.ReadAllTextAsync(Path.Combine(TestPaths.Root, "docs", name))).ReplaceLineEndings("\n");

    private static string Root(Uri url) => url.GetLeftPart(UriPartial.Authority);

    /// <summary>Answers everything with a page that there is nothing.</summary>
    private static async Task ServeNothingAsync(HttpListener portal)
    {
        try
        {
            while (true)
            {
                var context = await portal.GetContextAsync();
                context.Response.StatusCode = 404;
                context.Response.ContentType = "text/html";
                context.Response.Close("<!DOCTYPE html><html><body>nothing here</body></html>"u8.ToArray(), willBlock: false);
            }
        }
        catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private static string FreeAddress()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return $"http://{probe.LocalEndpoint}/";
    }

    [GeneratedRegex(@"^```sh\n([^`]*?cloudstack-mcp .*?)\n```\n\n```text\n(.*?)\n```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"^```text\n> (.*?)\n(.*?)\n```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Prompt();

    [GeneratedRegex(@"\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|\(\d+ ms\)|\d+ s apart|127\.0\.0\.1:\d+|\d+ ok, .*skipped")]
    private static partial Regex Differing();
}
