using System.Globalization;

namespace CloudStack.Simulator;

/// <summary>How the simulated cloud's time passes.</summary>
/// <param name="Speed">Seconds of the cloud per real second; 0 for a clock that moves only when it's stepped.</param>
public sealed record ClockPace(double Speed)
{
    /// <summary>The fastest clock: a day in under a second.</summary>
    public const double Fastest = 100_000;

    private const string FastPrefix = "fast:";

    /// <summary>As real time does.</summary>
    public static ClockPace Real { get; } = new(1);

    /// <summary>Only when it's stepped.</summary>
    public static ClockPace Stepped { get; } = new(0);

    /// <summary>Reads <c>real</c>, <c>stepped</c> or <c>fast:N</c>, where N is the number of seconds per real second.</summary>
    /// <param name="text">The text.</param>
    /// <param name="pace">What it says, or null where it's none of them.</param>
    /// <returns>True where it was understood.</returns>
    public static bool TryParse(string? text, out ClockPace? pace)
    {
        pace = text switch
        {
            "real" => Real,
            "stepped" => Stepped,
            not null when text.StartsWith(FastPrefix, StringComparison.Ordinal)
                && double.TryParse(text.AsSpan(FastPrefix.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var speed)
                && speed is > 0 and <= Fastest => new ClockPace(speed),
            _ => null,
        };
        return pace is not null;
    }

    /// <summary>The text that <see cref="TryParse"/> reads.</summary>
    public override string ToString() => Speed switch
    {
        1 => "real",
        0 => "stepped",
        _ => FastPrefix + Speed.ToString(CultureInfo.InvariantCulture),
    };
}
