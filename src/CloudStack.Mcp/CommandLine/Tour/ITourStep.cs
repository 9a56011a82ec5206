namespace CloudStack.Mcp.CommandLine.Tour;

/// <summary>One step of the tour: it shows a call and checks what came of it.</summary>
internal interface ITourStep
{
    /// <summary>What the step shows, in a few words.</summary>
    string Headline { get; }

    /// <summary>Runs the step.</summary>
    /// <param name="cancellationToken">Ends the tour.</param>
    /// <returns>What was found to be true, in one sentence.</returns>
    /// <exception cref="TourMismatchException">Something isn't as it should be.</exception>
    Task<string> RunAsync(CancellationToken cancellationToken);
}
