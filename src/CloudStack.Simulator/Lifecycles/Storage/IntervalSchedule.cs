using System.Globalization;
using CloudStack.Simulator.Protocol;

namespace CloudStack.Simulator.Lifecycles.Storage;

/// <summary>
/// When something recurs: hourly at <c>MM</c>, daily at <c>MM:HH</c>, weekly at <c>MM:HH:D</c> (1 is Sunday), monthly at
/// <c>MM:HH:D</c>, in a time zone.
/// </summary>
internal sealed record IntervalSchedule(string Interval, int[] Parts, TimeZoneInfo Zone)
{
    public const string Hourly = "HOURLY";
    public const string Daily = "DAILY";
    public const string Weekly = "WEEKLY";
    public const string Monthly = "MONTHLY";

    // The days of a month that every month has.
    private const int LastDay = 28;

    private static readonly Dictionary<string, (int Low, int High)[]> Bounds = new(StringComparer.Ordinal)
    {
        [Hourly] = [(0, 59)],
        [Daily] = [(0, 59), (0, 23)],
        [Weekly] = [(0, 59), (0, 23), (1, 7)],
        [Monthly] = [(0, 59), (0, 23), (1, LastDay)],
    };

    /// <summary>Reads a schedule.</summary>
    /// <exception cref="ApiError">It's none.</exception>
    public static IntervalSchedule Read(string interval, string schedule, string timeZone)
    {
        var name = interval.ToUpperInvariant();
        if (!Bounds.TryGetValue(name, out var bounds))
        {
            throw ApiError.Refused($"Unsupported interval type {interval}; one of {string.Join(", ", Bounds.Keys)} is.");
        }

        if (!TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var zone))
        {
            throw ApiError.Refused($"Invalid timezone {timeZone}.");
        }

        var texts = schedule.Split(':');
        var parts = texts.Select(text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var part) ? part : -1).ToArray();
        return parts.Length == bounds.Length && parts.Zip(bounds).All(p => p.First >= p.Second.Low && p.First <= p.Second.High)
            ? new IntervalSchedule(name, parts, zone)
            : throw ApiError.Refused($"Invalid schedule {schedule} for the interval {name}.");
    }

    /// <summary>The next time after a moment.</summary>
    public DateTimeOffset Next(DateTimeOffset after)
    {
        var local = TimeZoneInfo.ConvertTime(after, Zone).DateTime;
        var candidate = Interval == Hourly
            ? local.Date.AddHours(local.Hour).AddMinutes(Parts[0])
            : local.Date.AddHours(Parts[1]).AddMinutes(Parts[0]);
        while (candidate <= local || !IsDay(candidate) || Zone.IsInvalidTime(candidate))
        {
            candidate = Interval == Hourly ? candidate.AddHours(1) : candidate.AddDays(1);
        }

        var next = new DateTimeOffset(candidate, Zone.GetUtcOffset(candidate)).ToUniversalTime();
        // The hour that comes twice in autumn must not lead back.
        return next > after ? next : next.AddHours(1);
    }

    private bool IsDay(DateTime candidate) => Interval switch
    {
        Weekly => (int)candidate.DayOfWeek + 1 == Parts[2],
        Monthly => candidate.Day == Parts[2],
        _ => true,
    };
}
