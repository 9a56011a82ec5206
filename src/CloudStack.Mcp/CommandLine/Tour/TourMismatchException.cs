namespace CloudStack.Mcp.CommandLine.Tour;

/// <summary>Something in the tour isn't as it should be. The message says what was expected and what came, on one line.</summary>
/// <param name="message">The message.</param>
internal sealed class TourMismatchException(string message) : Exception(message);
