using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Operations;

/// <summary>Events, newest first.</summary>
internal sealed class Events : ICommandFamily
{
    public void Register(CommandTable commands, CloudState state)
    {
        commands.Read("listEvents", List);
        commands.Read("listEventTypes", ListTypes);
        commands.Do("archiveEvents", call => Each(call, e => e["archived"] = true));
        commands.Do("deleteEvents", call => Each(call, call.State.Store.Remove));
    }

    private static Answer List(CommandCall call)
    {
        var chain = call.Text("startid");
        return Answer.List(Listing.Filter(
            call, call.State.Table(ResultClass.Event), Scope.Of(call),
            entry => entry.Flag("archived") == call.IsSet("archived")
                && (chain is null || entry.Id == chain || entry.Text("parentid") == chain),
            "archived", "startid", "duration", "entrytime").Reverse());
    }

    private static Answer ListTypes(CommandCall call) => Answer.List(call.State.Catalog.Commands
        .Select(command => command.Event).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
        .Select(name =>
        {
            var type = call.New(call.Command.Result);
            type["name"] = name;
            return type;
        }));

    private static Answer Each(CommandCall call, Action<Entity> act)
    {
        var named = call.Texts("ids");
        var type = call.Text("type");
        if (named.Count == 0 && type is null && !call.Has("enddate") && !call.Has("startdate"))
        {
            throw ApiError.Refused("Please specify event ids, a type, or a time span.");
        }

        var matches = call.State.Table(ResultClass.Event).Where(entry => call.Caller.MaySee(entry)
            && (named.Count == 0 || named.Contains(entry.Id))
            && (type is null || entry.Text("type") == type)
            && IsWithin(call, entry)).ToList();
        matches.ForEach(act);
        return Answer.Done;
    }

    private static bool IsWithin(CommandCall call, Entity entry) => entry["created"] is DateTimeOffset created
        && (call.Date("startdate") is not { } from || created >= from)
        && (call.Date("enddate") is not { } to || created <= to);
}
