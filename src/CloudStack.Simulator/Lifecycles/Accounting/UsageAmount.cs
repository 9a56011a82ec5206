namespace CloudStack.Simulator.Lifecycles.Accounting;

/// <summary>How much a span counts, and what it costs.</summary>
internal static class UsageAmount
{
    private const long BytesPerSecond = 2_048;
    private const decimal Gigabyte = 1L << 30;

    /// <summary>Hours; bytes for traffic, of which each machine has its own pace.</summary>
    public static double Of(UsageSpan span) => span.Kind.IsTraffic
        ? Math.Floor((span.To - span.From).TotalSeconds) * BytesPerSecond * (1 + (span.Resource.Id[0] % 7)) / (span.Kind.Number == UsageKind.BytesSent ? 1 : 2)
        : (span.To - span.From).TotalHours;

    /// <summary>What a span costs where the unit of its kind costs <paramref name="value"/>.</summary>
    public static decimal CostOf(UsageSpan span, decimal value)
    {
        var amount = (decimal)Of(span);
        if (span.Kind.IsTraffic)
        {
            return amount / Gigabyte * value;
        }

        var hoursOfMonth = 24m * DateTime.DaysInMonth(span.From.Year, span.From.Month);
        var month = amount / hoursOfMonth * value;
        return UsageKind.SizeOf(span.Resource) is > 0 and var size ? month * size / Gigabyte : month;
    }
}
