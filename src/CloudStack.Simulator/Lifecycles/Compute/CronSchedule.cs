using System.Globalization;
using CloudStack.Simulator.Protocol;

namespace CloudStack.Simulator.Lifecycles.Compute;

/// <summary>When something recurs, as the five fields of cron in a time zone: minute, hour, day of month, month, day of week.</summary>
internal sealed class CronSchedule
{
    // Within this many days each day of a month comes on each day of the week, but for 29 February.
    private const int DaysAhead = 366 * 8;

    private static readonly (string Name, int Low, int High)[] Fields =
        [("minute", 0, 59), ("hour", 0, 23), ("day of month", 1, 31), ("month", 1, 12), ("day of week", 0, 7)];

    private readonly bool[][] _allowed;
    private readonly bool _isEveryDay;
    private readonly bool _isEveryWeekday;
    private readonly TimeZoneInfo _zone;

    private CronSchedule(string[] fields, TimeZoneInfo zone)
    {
        _allowed = [.. fields.Select((field, i) => Read(field, Fields[i]))];
        _allowed[4][0] |= _allowed[4][7];
        _isEveryDay = fields[2] is "*" or "?";
        _isEveryWeekday = fields[4] is "*" or "?";
        _zone = zone;
    }

    /// <summary>Reads a schedule.</summary>
    /// <exception cref="ApiError">It's none, or its time zone isn't known.</exception>
    public static CronSchedule Read(string schedule, string timeZone)
    {
        var fields = schedule.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length != Fields.Length)
        {
            throw ApiError.Refused($"Invalid schedule {schedule}: it has five fields, minute, hour, day of month, month and day of week.");
        }

        return TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var zone)
            ? new CronSchedule(fields, zone)
            : throw ApiError.Refused($"Invalid timezone {timeZone}.");
    }

    /// <summary>The next time after a moment, or null where there's none in the next years.</summary>
    public DateTimeOffset? Next(DateTimeOffset after)
    {
        var local = TimeZoneInfo.ConvertTime(after, _zone).DateTime;
        for (var day = local.Date; day < local.Date.AddDays(DaysAhead); day = day.AddDays(1))
        {
            if (!IsDay(day))
            {
                continue;
            }

            for (var minute = day; minute < day.AddDays(1); minute = minute.AddMinutes(1))
            {
                if (minute > local && _allowed[1][minute.Hour] && _allowed[0][minute.Minute] && !_zone.IsInvalidTime(minute)
                    && new DateTimeOffset(minute, _zone.GetUtcOffset(minute)) is var next && next > after)
                {
                    return next.ToUniversalTime();
                }
            }
        }

        return null;
    }

    // Where both kinds of days are given, either will do.
    private bool IsDay(DateTime day)
    {
        var (ofMonth, ofWeek) = (_allowed[2][day.Day], _allowed[4][(int)day.DayOfWeek]);
        return _allowed[3][day.Month] && (_isEveryDay || _isEveryWeekday ? ofMonth && ofWeek : ofMonth || ofWeek);
    }

    private static bool[] Read(string text, (string Name, int Low, int High) field)
    {
        var allowed = new bool[field.High + 1];
        foreach (var item in text.Split(','))
        {
            var (range, step) = item.Split('/') is [var left, var right] ? (left, Number(right, field.High)) : (item, 1);
            var (low, high) = range is "*" or "?" ? (field.Low, field.High)
                : range.Split('-') is [var from, var to] ? (Number(from, field.High), Number(to, field.High))
                : (Number(range, field.High), item.Contains('/', StringComparison.Ordinal) ? field.High : Number(range, field.High));
            if (low < field.Low || high < low || step < 1)
            {
                throw Bad(text, field.Name);
            }

            for (var i = low; i <= high; i += step)
            {
                allowed[i] = true;
            }
        }

        return allowed;

        int Number(string part, int most) =>
            int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most
                ? number
                : throw Bad(text, field.Name);
    }

    private static ApiError Bad(string text, string field) => ApiError.Refused($"Invalid schedule: {text} isn't a {field}.");
}
