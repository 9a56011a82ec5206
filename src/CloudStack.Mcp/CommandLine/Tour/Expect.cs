using CloudStack.Mcp.Server.Results;

namespace CloudStack.Mcp.CommandLine.Tour;

/// <summary>The checks of the tour's steps.</summary>
internal static class Expect
{
    private const int LongestText = 300;

    /// <summary>Checks a value.</summary>
    /// <param name="what">What has the value, such as <c>the machine's state</c>.</param>
    /// <param name="expected">The value it should have.</param>
    /// <param name="actual">The value it has.</param>
    /// <exception cref="TourMismatchException">They differ.</exception>
    public static void Equal<T>(string what, T expected, T actual)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
        {
            throw Mismatch(what, $"{expected}", actual is null ? "nothing" : $"{actual}");
        }
    }

    /// <summary>Checks several values in their order.</summary>
    /// <param name="what">What has the values.</param>
    /// <param name="expected">The values it should have.</param>
    /// <param name="actual">The values it has.</param>
    /// <exception cref="TourMismatchException">They differ.</exception>
    public static void Same(string what, IEnumerable<string?> expected, IEnumerable<string?> actual) =>
        Equal(what, string.Join(", ", expected), string.Join(", ", actual));

    /// <summary>Checks a condition.</summary>
    /// <param name="holds">True where it's as it should be.</param>
    /// <param name="what">What the condition is about.</param>
    /// <param name="expected">What should be, in words.</param>
    /// <param name="actual">What is.</param>
    /// <exception cref="TourMismatchException">The condition doesn't hold.</exception>
    public static void That(bool holds, string what, string expected, object? actual)
    {
        if (!holds)
        {
            throw Mismatch(what, expected, actual is null ? "nothing" : $"{actual}");
        }
    }

    /// <summary>Makes the error of a check that failed.</summary>
    /// <param name="what">What was checked.</param>
    /// <param name="expected">What should have been.</param>
    /// <param name="actual">What was.</param>
    public static TourMismatchException Mismatch(string what, string expected, string actual) =>
        new($"{what}: expected {CleanText.Line(expected, LongestText)}, got {CleanText.Line(actual, LongestText)}");
}
