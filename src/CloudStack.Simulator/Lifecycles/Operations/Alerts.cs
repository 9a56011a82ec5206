using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Operations;

/// <summary>Alerts: what administrators should look at, newest first, until it's archived or deleted.</summary>
internal sealed class Alerts : ICommandFamily
{
    private const string Class = "AlertResponse";
    private const string Archived = "archived";

    // An alert's number is the place of its name.
    private static readonly string[] Types =
    [
        "MEMORY", "CPU", "STORAGE", "STORAGE.ALLOCATED", "VIRTUAL.NETWORK.PUBLIC.IP", "PRIVATE.IP", "SECONDARY.STORAGE", "COMPUTE.HOST",
        "USERVM", "SERVICE.DOMAINROUTER", "SERVICE.CONSOLEPROXY", "ROUTING.HOST", "STORAGE.MISC", "USAGE", "MANAGEMENT",
        "NETWORK.DOMAINROUTERMIGRATE", "CONSOLEPROXYMIGRATE", "USERVMMIGRATE", "VLAN", "SERVICE.SSVM", "USAGE.RESULT", "STORAGE.DELETE",
        "RESOURCE.COUNT", "USAGE.SANITY.RESULT", "DIRECT.ATTACHED.PUBLIC.IP", "LOCAL.STORAGE", "RESOURCE.LIMIT.EXCEEDED", "TYPE.SYNC",
        "UPLOAD.FAILED", "OOBM.AUTHENTICATION.ERROR",
    ];

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Read("listAlerts", call => Answer.List(Listing.Filter(
            call, call.State.Table(Class), Scope.Of(call), alert => alert.Attribute<string>(Archived) is null).Reverse()));
        commands.Read("listAlertTypes", ListTypes);
        commands.Begin("generateAlert", Generate);
        commands.Do("archiveAlerts", call => Each(call, alert => alert.SetAttribute(Archived, Archived)));
        commands.Do("deleteAlerts", call => Each(call, call.State.Store.Remove));
    }

    private static Answer ListTypes(CommandCall call) => Answer.List(Types.Select((name, number) =>
    {
        var type = call.New(call.Command.Result);
        type["name"] = $"ALERT.{name}";
        type["alerttypeid"] = (long)number;
        return type;
    }));

    private static Work Generate(CommandCall call)
    {
        var number = call.Number("type") is >= 0 and var known && known < Types.Length
            ? known
            : throw ApiError.Refused($"Invalid alert type {call.Number("type")}; listAlertTypes tells the types.");
        var (name, text) = (call.RequiredText("name"), call.RequiredText("description"));
        return new Work(null, () =>
        {
            var alert = call.Create(Class, null);
            alert["type"] = number;
            alert["name"] = name;
            alert["description"] = text;
            alert["sent"] = call.State.Clock.GetUtcNow();
            return Answer.Done;
        });
    }

    private static Answer Each(CommandCall call, Action<Entity> act)
    {
        var unknown = call.Texts("ids").FirstOrDefault(id => call.State.Store.Find(Class, id) is null);
        if (unknown is not null)
        {
            throw ApiError.NoEntity(call.Command.Name, "ids", unknown);
        }

        ChosenEntries.Of(call, Class, "sent").ForEach(act);
        return Answer.Done;
    }
}
