using System.Diagnostics;
using Cloud.Core.Errors;
using ModelContextProtocol;

namespace CloudStack.Mcp.CommandLine.Tour;

/// <summary>Runs steps one after the other until one is off.</summary>
/// <param name="screen">Shows them.</param>
/// <param name="longest">How long a step may take.</param>
internal sealed class TourRun(TourScreen screen, TimeSpan longest)
{
    // An interrupt reaches the server too, and the broken pipe may be noticed before the interrupt itself.
    private static readonly TimeSpan InterruptDelay = TimeSpan.FromMilliseconds(200);

    /// <summary>Runs the steps.</summary>
    /// <param name="steps">The steps in their order.</param>
    /// <param name="cancellationToken">Ends the tour.</param>
    /// <exception cref="TourMismatchException">A step is off; the message says which, and what was expected.</exception>
    /// <exception cref="OperationCanceledException">The tour was ended.</exception>
    public async Task RunAsync(IReadOnlyList<ITourStep> steps, CancellationToken cancellationToken)
    {
        for (var i = 0; i < steps.Count; i++)
        {
            screen.Headline(i + 1, steps[i].Headline);
            var begun = Stopwatch.GetTimestamp();
            try
            {
                screen.Checked(await WithinAsync(steps[i], cancellationToken), Stopwatch.GetElapsedTime(begun));
            }
            catch (Exception error) when (error is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                await Task.Delay(InterruptDelay, cancellationToken);
                throw new TourMismatchException($"Step {i + 1}, \"{steps[i].Headline}\", is off. {Explain(error)}");
            }
        }
    }

    private static string Explain(Exception error) => error switch
    {
        TourMismatchException => $"{error.Message}.",
        CloudException cloud => $"{cloud.Message} {cloud.NextStep}",
        McpException or IOException => $"The server: expected an answer, got {error.Message}",
        _ => $"Expected no fault, got {error.GetType().Name}: {error.Message}",
    };

    private async Task<string> WithinAsync(ITourStep step, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(longest);
        try
        {
            return await step.RunAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Expect.Mismatch("The step's end", $"within {longest.TotalSeconds:0.#} s", "none");
        }
    }
}
