using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Protocol;

namespace CloudStack.Simulator.Lifecycles.Accounting;

/// <summary>The period that a question about the past is about.</summary>
internal static class Dates
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(3_660);

    /// <exception cref="ApiError">The start isn't before the end, or they lie too far apart.</exception>
    public static (DateTimeOffset From, DateTimeOffset To) Of(CommandCall call)
    {
        var from = call.Date("startdate") ?? throw ApiError.Missing(call.Command.Name, "startdate");
        var to = call.Date("enddate") ?? throw ApiError.Missing(call.Command.Name, "enddate");
        if (from > to)
        {
            throw ApiError.Refused($"The start date {from:u} lies after the end date {to:u}.");
        }

        // A day that is given without a time means all of it.
        to = to.TimeOfDay == TimeSpan.Zero ? to.AddDays(1) : to;
        return to - from <= Longest ? (from, to) : throw ApiError.Refused("The dates lie more than ten years apart.");
    }
}
