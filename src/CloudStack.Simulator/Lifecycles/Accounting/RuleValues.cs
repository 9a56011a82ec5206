using System.Globalization;

namespace CloudStack.Simulator.Lifecycles.Accounting;

/// <summary>How the values of activation rules are put together: numbers, texts, truths, named parts, and null for nothing.</summary>
internal static class RuleValues
{
    private const int LongestText = 8_192;

    public static bool IsTrue(object? value) => value switch
    {
        null or false or "" => false,
        double number => number != 0 && !double.IsNaN(number),
        _ => true,
    };

    public static double Number(object? value) => value switch
    {
        double number => number,
        true => 1,
        null or false or "" => 0,
        string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => double.NaN,
    };

    public static string Text(object? value) => value switch
    {
        null => "",
        bool truth => truth ? "true" : "false",
        double number => number.ToString(CultureInfo.InvariantCulture),
        _ => value as string ?? "",
    };

    /// <summary>A named part of a value, or null where it has none.</summary>
    public static object? Member(object? owner, string name) => owner switch
    {
        IReadOnlyDictionary<string, object?> parts => parts.GetValueOrDefault(name),
        string text when name == "length" => (double)text.Length,
        _ => null,
    };

    /// <summary>What can be asked of a text, or null.</summary>
    public static Func<string, string, object?>? Method(string name) => name switch
    {
        "includes" => (text, part) => text.Contains(part, StringComparison.Ordinal),
        "startsWith" => (text, part) => text.StartsWith(part, StringComparison.Ordinal),
        "endsWith" => (text, part) => text.EndsWith(part, StringComparison.Ordinal),
        "indexOf" => (text, part) => (double)text.IndexOf(part, StringComparison.Ordinal),
        _ => null,
    };

    public static object? Combine(string sign, object? left, object? right) => sign switch
    {
        "===" => Equals(left, right),
        "!==" => !Equals(left, right),
        "==" => AreAlike(left, right),
        "!=" => !AreAlike(left, right),
        "+" when left is string || right is string => Cut(Text(left) + Text(right)),
        "+" => Number(left) + Number(right),
        "-" => Number(left) - Number(right),
        "*" => Number(left) * Number(right),
        "/" => Number(left) / Number(right),
        "%" => Number(left) % Number(right),
        _ => IsOrdered(sign, left, right),
    };

    private static bool AreAlike(object? left, object? right) =>
        left is null || right is null || left.GetType() == right.GetType() ? Equals(left, right) : Number(left) == Number(right);

    private static bool IsOrdered(string sign, object? left, object? right)
    {
        var (first, second) = left is string one && right is string other
            ? (string.CompareOrdinal(one, other), 0)
            : (Number(left), Number(right));
        return sign switch
        {
            "<" => first < second,
            "<=" => first <= second,
            ">" => first > second,
            _ => first >= second,
        };
    }

    private static string Cut(string text) => text.Length <= LongestText ? text : text[..LongestText];
}
