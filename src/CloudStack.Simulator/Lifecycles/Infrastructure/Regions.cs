using System.Globalization;
using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Infrastructure;

/// <summary>Regions: other clouds that this one knows, numbered by whoever adds them.</summary>
internal sealed class Regions : ICommandFamily
{
    public const string Class = "RegionResponse";

    // The region that the cloud itself is.
    private const long Own = 1;

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Read("listRegions", call => Answer.List(call.State.Table(Class)
            .Where(region => (call.Number("id") is not { } id || region.Number("id") == id)
                && (call.Text("name") is not { } name || region.Name == name))));
        commands.Do("addRegion", Add);
        commands.Do("updateRegion", Update);
        commands.Do("removeRegion", Remove);
    }

    /// <summary>Makes the region that the cloud itself is.</summary>
    public static void PlantOwn(CloudState state)
    {
        var region = state.New(Class, Own.ToString(CultureInfo.InvariantCulture));
        region["name"] = "Local";
        region["endpoint"] = "http://localhost:8080/client/";
        region["gslbserviceenabled"] = true;
        region["portableipserviceenabled"] = false;
        state.Store.Add(region);
    }

    private static Entity? Find(CommandCall call) => call.State.Table(Class).FirstOrDefault(region => region.Number("id") == call.Number("id"));

    private static Entity Target(CommandCall call) => Find(call) ?? throw ApiError.Refused($"Region with id {call.Number("id")} doesn't exist.");

    private static Answer Add(CommandCall call)
    {
        if (call.Number("id") is not > 0)
        {
            throw ApiError.Refused("The id of a region is a positive number.");
        }

        if (Find(call) is { } known)
        {
            throw ApiError.Refused($"Region with id {call.Number("id")} already exists: {known.Name}.");
        }

        DemandFree(call, null);
        var region = call.New(Class, call.Number("id")!.Value.ToString(CultureInfo.InvariantCulture));
        region["gslbserviceenabled"] = true;
        region["portableipserviceenabled"] = false;
        call.Apply(region, "id", "name", "endpoint");
        call.State.Store.Add(region);
        return Answer.Of(region);
    }

    private static void DemandFree(CommandCall call, Entity? self)
    {
        if (call.State.Table(Class).Any(region => region != self && region.Name == call.Text("name")))
        {
            throw ApiError.Refused($"Region with name {call.Text("name")} already exists.");
        }
    }

    private static Answer Update(CommandCall call)
    {
        var region = Target(call);
        DemandFree(call, region);
        call.Apply(region, "name", "endpoint");
        return Answer.Of(region);
    }

    private static Answer Remove(CommandCall call)
    {
        var region = Target(call);
        if (region.Number("id") == Own)
        {
            throw ApiError.Refused("The region of this cloud itself can't be removed.");
        }

        call.State.Store.Remove(region);
        return Answer.Done;
    }
}
