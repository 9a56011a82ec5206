using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Protocol;

namespace CloudStack.Simulator.Lifecycles.Infrastructure;

/// <summary>Rules that choose the image store for what is written next: one per zone and kind.</summary>
internal sealed class StorageSelectors : ICommandFamily
{
    private const string Class = "SecondaryStorageHeuristicsResponse";
    private static readonly string[] Kinds = ["ISO", "SNAPSHOT", "TEMPLATE", "VOLUME"];

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Read("listSecondaryStorageSelectors", call => Listing.Of(call, Class));
        commands.Do("createSecondaryStorageSelector", Create);
        commands.Do("updateSecondaryStorageSelector", Update);
        commands.Do("removeSecondaryStorageSelector", Remove);
    }

    private static Answer Create(CommandCall call)
    {
        var zone = call.Target("zoneid");
        var kind = call.RequiredText("type").ToUpperInvariant();
        if (!Kinds.Contains(kind))
        {
            throw ApiError.Refused($"Invalid type {call.Text("type")}; one of {string.Join(", ", Kinds)} is valid.");
        }

        if (call.State.Table(Class).FirstOrDefault(s => s.Text("zoneid") == zone.Id && s.Text("type") == kind) is { } known)
        {
            throw ApiError.Refused($"The zone {zone.Name} already has the selector {known.Name} for {kind}.");
        }

        var selector = call.Create(Class, null);
        selector["type"] = kind;
        call.Apply(selector, "name", "description", "zoneid", "heuristicrule");
        return Answer.Of(selector);
    }

    private static Answer Update(CommandCall call)
    {
        var selector = call.Target("id");
        selector["heuristicrule"] = call.RequiredText("heuristicrule");
        return Answer.Of(selector);
    }

    private static Answer Remove(CommandCall call)
    {
        call.State.Store.Remove(call.Target("id"));
        return Answer.Done;
    }
}
