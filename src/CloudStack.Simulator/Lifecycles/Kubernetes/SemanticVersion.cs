using System.Globalization;
using System.Text.RegularExpressions;
using CloudStack.Simulator.Protocol;

namespace CloudStack.Simulator.Lifecycles.Kubernetes;

/// <summary>A version of Kubernetes: three numbers.</summary>
internal sealed partial record SemanticVersion(int Major, int Minor, int Patch) : IComparable<SemanticVersion>
{
    /// <summary>The oldest version that the server takes.</summary>
    public static readonly SemanticVersion Oldest = new(1, 11, 0);

    private static readonly SemanticVersion FirstWithSeveralControlNodes = new(1, 16, 0);
    private static readonly SemanticVersion FirstWithAutoscaling = new(1, 15, 0);

    public bool SupportsSeveralControlNodes => CompareTo(FirstWithSeveralControlNodes) >= 0;

    public bool SupportsAutoscaling => CompareTo(FirstWithAutoscaling) >= 0;

    /// <exception cref="ApiError">The text isn't three numbers with points between.</exception>
    public static SemanticVersion Parse(string text) => Form().Match(text) is { Success: true } match
        ? new SemanticVersion(Number(match, 1), Number(match, 2), Number(match, 3))
        : throw ApiError.Refused($"Invalid version format: {text}. Use semantic versions of three numbers, such as 1.33.1.");

    public int CompareTo(SemanticVersion? other) => other is null ? 1 : (Major, Minor, Patch).CompareTo((other.Major, other.Minor, other.Patch));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}.{Patch}");

    private static int Number(Match match, int group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^([0-9]{1,4})\.([0-9]{1,4})\.([0-9]{1,4})$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
