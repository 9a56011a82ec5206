using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
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
        ChosenEntries.Of(call, ResultClass.Event, "created").ForEach(act);
        return Answer.Done;
    }
}
