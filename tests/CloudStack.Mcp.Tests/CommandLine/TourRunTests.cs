using Cloud.Core.Errors;
using CloudStack.Mcp.CommandLine.Tour;
using Spectre.Console;

namespace CloudStack.Mcp.Tests.CommandLine;

/// <summary>What becomes of the tour when a step isn't as it should be.</summary>
public sealed class TourRunTests : IDisposable
{
    private readonly StringWriter _output = new();
    private readonly TourRun _run;

    public TourRunTests()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(_output),
        });
        _run = new TourRun(new TourScreen(console, TimeSpan.FromSeconds(1)), TimeSpan.FromSeconds(5));
    }

    public void Dispose() => _output.Dispose();

    [Fact]
    public async Task A_mismatch_ends_the_tour_and_names_the_step_and_both_values()
    {
        var later = new Step("Count the machines", () => "never");

        var error = await Assert.ThrowsAsync<TourMismatchException>(() => _run.RunAsync(
            [
                new Step("List the zones", () => "two zones"),
                new Step("Stop the machine", () =>
                {
                    Expect.Equal("The machine's state", "Stopped", "Running");
                    return "never";
                }),
                later,
            ],
            CancellationToken.None));

        Assert.Equal("Step 2, \"Stop the machine\", is off. The machine's state: expected Stopped, got Running.", error.Message);
        Assert.Contains("two zones", _output.ToString(), StringComparison.Ordinal);
        Assert.False(later.Ran);
        Assert.DoesNotContain("never", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_of_many_lines_is_told_on_one()
    {
        var error = await Assert.ThrowsAsync<TourMismatchException>(() => _run.RunAsync(
            [new Step("Read", () => throw Expect.Mismatch("The answer", "a number", "one\ntwo\u001b[31m"))], CancellationToken.None));

        Assert.Equal("Step 1, \"Read\", is off. The answer: expected a number, got one two[31m.", error.Message);
    }

    [Fact]
    public async Task A_servers_fault_says_what_to_do_next()
    {
        var error = await Assert.ThrowsAsync<TourMismatchException>(() => _run.RunAsync(
            [new Step("Read", () => throw new CloudException(ErrorCause.Unreachable, "127.0.0.1:9 can't be reached.", "Check the port."))],
            CancellationToken.None));

        Assert.Equal("Step 1, \"Read\", is off. 127.0.0.1:9 can't be reached. Check the port.", error.Message);
    }

    [Fact]
    public async Task A_fault_that_nobody_thought_of_ends_the_tour_in_the_same_way()
    {
        var error = await Assert.ThrowsAsync<TourMismatchException>(() => _run.RunAsync(
            [new Step("Read", () => throw new KeyNotFoundException("no such key"))], CancellationToken.None));

        Assert.Equal("Step 1, \"Read\", is off. Expected no fault, got KeyNotFoundException: no such key", error.Message);
    }

    [Fact]
    public async Task A_step_that_hangs_ends_the_tour()
    {
        var run = new TourRun(new TourScreen(AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(_output) }), TimeSpan.Zero), TimeSpan.FromMilliseconds(20));

        var error = await Assert.ThrowsAsync<TourMismatchException>(() => run.RunAsync([new HangingStep()], CancellationToken.None));

        Assert.StartsWith("Step 1, \"Hang\", is off. The step's end: expected within 0", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interrupt_is_no_mismatch()
    {
        using var interrupt = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _run.RunAsync(
            [
                new Step("Read", () =>
                {
                    interrupt.Cancel();
                    throw new IOException("The pipe is broken.");
                }),
            ],
            interrupt.Token));
    }

    [Theory]
    [InlineData("/usr/bin/dotnet", "/app/cloudstack-mcp.dll", "/usr/bin/dotnet", "/app/cloudstack-mcp.dll")]
    [InlineData(null, "/app/cloudstack-mcp.dll", "dotnet", "/app/cloudstack-mcp.dll")]
    [InlineData("/app/cloudstack-mcp", "/app/cloudstack-mcp.dll", "/app/cloudstack-mcp")]
    [InlineData("/app/cloudstack-mcp", "", "/app/cloudstack-mcp")]
    public void The_program_starts_itself_the_way_it_was_started(string? process, string assembly, string command, params string[] before)
    {
        var program = OwnProgram.For(process, assembly);

        Assert.Equal(command, program.Command);
        Assert.Equal(before, program.Arguments);
    }

    private sealed class Step(string headline, Func<string> act) : ITourStep
    {
        public bool Ran { get; private set; }

        public string Headline => headline;

        public Task<string> RunAsync(CancellationToken cancellationToken)
        {
            Ran = true;
            return Task.FromResult(act());
        }
    }

    private sealed class HangingStep : ITourStep
    {
        public string Headline => "Hang";

        public async Task<string> RunAsync(CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return "never";
        }
    }
}
