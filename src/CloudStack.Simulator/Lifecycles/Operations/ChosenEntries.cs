using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Operations;

/// <summary>The events or alerts that a call chooses by identifier, type or time, to archive or delete them.</summary>
internal static class ChosenEntries
{
    /// <summary>Finds them.</summary>
    /// <param name="call">The call.</param>
    /// <param name="className">Their class.</param>
    /// <param name="time">The field that says when they came.</param>
    /// <exception cref="ApiError">Nothing is chosen.</exception>
    public static List<Entity> Of(CommandCall call, string className, string time)
    {
        var named = call.Texts("ids");
        var type = call.Text("type");
        if (named.Count == 0 && type is null && !call.Has("enddate") && !call.Has("startdate"))
        {
            throw ApiError.Refused("Please specify ids, a type, or a time span.");
        }

        return call.State.Table(className).Where(entry => call.Caller.MaySee(entry)
            && (named.Count == 0 || named.Contains(entry.Id))
            && (type is null || entry.Text("type") == type)
            && IsWithin(call, entry[time])).ToList();
    }

    private static bool IsWithin(CommandCall call, object? time) => time is DateTimeOffset came
        && (call.Date("startdate") is not { } from || came >= from)
        && (call.Date("enddate") is not { } to || came <= to);
}
