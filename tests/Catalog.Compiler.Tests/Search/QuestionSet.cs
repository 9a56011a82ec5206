using System.Text.Json;

namespace Catalog.Compiler.Tests.Search;

/// <summary>One plain question, and the commands that an administrator would name.</summary>
/// <param name="Text">The question.</param>
/// <param name="Commands">The commands; any of them is right.</param>
internal sealed record PlainQuestion(string Text, IReadOnlyList<string> Commands);

/// <summary>
/// Questions that were written before the search was tuned. Of those with odd numbers it was looked at which ones failed and
/// why; of the others only how many.
/// </summary>
internal static class QuestionSet
{
    public static IReadOnlyList<PlainQuestion> All { get; } = Read();

    /// <summary>The questions that the sayings were tuned by: the first, the third, and so on.</summary>
    public static IReadOnlyList<PlainQuestion> Tuned { get; } = [.. All.Where((_, index) => index % 2 == 0)];

    /// <summary>The questions whose failures weren't looked at.</summary>
    public static IReadOnlyList<PlainQuestion> HeldOut { get; } = [.. All.Where((_, index) => index % 2 == 1)];

    private static List<PlainQuestion> Read()
    {
        using var stream = typeof(QuestionSet).Assembly.GetManifestResourceStream("questions.json")!;
        using var document = JsonDocument.Parse(stream);
        return [.. document.RootElement.EnumerateArray().Select(q => new PlainQuestion(
            q.GetProperty("question").GetString()!, [.. q.GetProperty("commands").EnumerateArray().Select(c => c.GetString()!)]))];
    }
}
