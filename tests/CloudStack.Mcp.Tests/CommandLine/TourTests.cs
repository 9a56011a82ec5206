using System.Diagnostics;
using System.Text.RegularExpressions;

namespace CloudStack.Mcp.Tests.CommandLine;

/// <summary>The tour as a person starts it: a process, with its output in a pipe.</summary>
public sealed partial class TourTests(FinishedTour tour) : IClassFixture<FinishedTour>
{
    private static readonly string[] Headlines =
    [
        "Five tools reach every command",
        "Find the command for a task",
        "List the zones",
        "Sizes and templates, only the fields that matter",
        "Deploy a machine by names, and follow the job",
        "Stop it: what disrupts a service is confirmed first",
        "Take a snapshot of its root volume",
        "Destroy it: refused without a confirmation",
        "A token confirms one act, once",
        "Confirm the destruction",
        "Read the audit trail",
        "Make mistakes, and be told how to go on",
    ];

    [Fact]
    public void It_shows_every_step_and_ends_with_success_within_30_seconds()
    {
        Assert.Equal(("", 0), (tour.Run.Error, tour.ExitCode));
        Assert.Equal(
            Headlines.Select((headline, i) => $"{i + 1,2}  {headline}"),
            Headline().Matches(tour.Run.Output).Select(match => match.Value.TrimEnd()));
        Assert.Matches(@"12 steps in \d+\.\d s", tour.Run.Output);
        Assert.InRange(tour.Run.Time, TimeSpan.Zero, TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void It_leaves_no_file_and_no_process_behind()
    {
        Assert.Empty(Directory.GetFileSystemEntries(tour.Run.Temp));
        Assert.Empty(Directory.GetFileSystemEntries(tour.Run.Config));
        Assert.Empty(tour.Run.ProcessesLeft());
    }

    [Fact]
    public void Without_a_terminal_it_writes_plain_lines_of_at_most_80_characters()
    {
        var lines = tour.Run.Output.ReplaceLineEndings("\n").Split('\n');

        Assert.All(lines, line => Assert.InRange(line.Length, 0, 80));
        Assert.All(lines, line => Assert.DoesNotContain(line, char.IsControl));
        Assert.Contains(lines, line => line.Contains("deployVirtualMachine: running", StringComparison.Ordinal));
    }

    [LinuxFact]
    public async Task Interrupted_it_ends_soon_and_leaves_nothing_behind()
    {
        using var run = new ProgramRun { HeedsInterrupt = true };

        var exit = await run.RunAsync(
            async process =>
            {
                // The server names the audit trail in the temporary folder once it runs.
                while (run.ProcessesLeft().Count == 0 && !process.HasExited)
                {
                    await Task.Delay(20);
                }

                using var interrupt = Process.Start("kill", ["-INT", $"{process.Id}"]);
                await interrupt.WaitForExitAsync();
            },
            "tour");

        Assert.Equal(130, exit);
        Assert.StartsWith("Interrupted.", run.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(run.Temp));
        Assert.Empty(run.ProcessesLeft());
    }

    [GeneratedRegex(@"^[ \d]\d  \S.*$", RegexOptions.Multiline)]
    private static partial Regex Headline();
}

/// <summary>A tour that was started and has ended.</summary>
public sealed class FinishedTour : IAsyncLifetime
{
    internal ProgramRun Run { get; } = new();

    internal int ExitCode { get; private set; }

    public async Task InitializeAsync() => ExitCode = await Run.RunAsync("tour");

    public Task DisposeAsync()
    {
        Run.Dispose();
        return Task.CompletedTask;
    }
}
