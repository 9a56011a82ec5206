using System.Globalization;
using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Accounting;

/// <summary>
/// Usage records: one a day and object, counted at midnight (UTC) as the clock moves, or when <c>generateUsageRecords</c>
/// asks for it.
/// </summary>
internal sealed class UsageRecords : ICommandFamily
{
    private const string Class = "UsageRecordResponse";

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Read("listUsageTypes", ListTypes);
        commands.Read("listUsageRecords", List);
        commands.Do("generateUsageRecords", Generate);
        commands.Do("removeRawUsageRecords", Forget);
    }

    private static Answer ListTypes(CommandCall call) => Answer.List(UsageKind.All.Select(kind =>
    {
        var type = call.New(call.Command.Result, kind.Number.ToString(CultureInfo.InvariantCulture));
        type["name"] = kind.Name;
        type["description"] = kind.Text;
        return type;
    }));

    private static Answer List(CommandCall call)
    {
        var (from, to) = Dates.Of(call);
        var type = call.Number("type");
        if (type is { } number && UsageKind.Find(number) is null)
        {
            throw ApiError.Refused($"There is no usage type {number}; listUsageTypes tells the types.");
        }

        var isShown = ScopeOf(call);
        var usageId = call.Text("usageid");
        return Answer.Drawn(
            call.State.Usage.Periods(from, to).SelectMany(period => RecordsOf(call, period, isShown, type, usageId)), draw => draw());
    }

    // The command's own words for whose records: none named means all that the caller may see.
    private static Func<Entity, bool> ScopeOf(CommandCall call)
    {
        if (call.Find("accountid") is { } account)
        {
            return resource => resource.Owner?.Account == account && call.Caller.MaySee(resource);
        }

        return call.Has("projectid") || call.Text("account") is { Length: > 0 } || call.Has("domainid") ? Scope.Of(call) : call.Caller.MaySee;
    }

    // A record is made when its page is known: a cloud of 100,000 machines has 400,000 a day.
    private static IEnumerable<Func<Entity>> RecordsOf(
        CommandCall call, (DateTimeOffset From, DateTimeOffset To) period, Func<Entity, bool> isShown, long? type, string? usageId)
    {
        return call.State.Usage.In(period.From, period.To, isShown)
            .SelectMany(Metered)
            .Where(span => (type is null || span.Kind.Number == type) && (usageId is null || span.Resource.Id == usageId))
            .GroupBy(span => (span.Resource, span.Owner, span.Kind))
            .Select(group => (Func<Entity>)(() => Record(call, group.Key.Resource, group.Key.Owner, group.Key.Kind, period, group)));
    }

    /// <summary>A machine that runs also sends and receives.</summary>
    internal static IEnumerable<UsageSpan> Metered(UsageSpan span) => span.Kind.Number == UsageKind.RunningMachine
        ? [span, span with { Kind = UsageKind.Find(UsageKind.BytesSent)! }, span with { Kind = UsageKind.Find(UsageKind.BytesReceived)! }]
        : [span];

    private static Entity Record(
        CommandCall call, Entity resource, Owner owner, UsageKind kind, (DateTimeOffset From, DateTimeOffset To) period, IEnumerable<UsageSpan> spans)
    {
        var amount = spans.Sum(UsageAmount.Of);
        var record = call.New(Class);
        owner.Claim(record);
        record["usageid"] = resource.Id;
        record["usagetype"] = kind.Number;
        record["name"] = resource.Name;
        record["startdate"] = period.From;
        record["enddate"] = period.To.AddSeconds(-1);
        record["rawusage"] = amount.ToString("0.######", CultureInfo.InvariantCulture);
        record["usage"] = kind.IsTraffic ? $"{amount:0} bytes" : string.Create(CultureInfo.InvariantCulture, $"{amount:0.######} Hrs");
        record["description"] = $"{kind.Text}: {resource.Name ?? resource.Text("ipaddress") ?? resource.Id}";
        record["zoneid"] = resource.Text("zoneid");
        record["size"] = UsageKind.SizeOf(resource) is > 0 and var size ? size : null;
        if (resource.Class.Name == ResultClass.VirtualMachine)
        {
            ShowMachine(record, resource, kind);
        }

        record["offeringid"] = resource.Text("serviceofferingid") ?? resource.Text("diskofferingid") ?? resource.Text("networkofferingid");
        record["templateid"] = resource.Text("templateid");
        return record;
    }

    private static void ShowMachine(Entity record, Entity machine, UsageKind kind)
    {
        record["virtualmachineid"] = machine.Id;
        record["type"] = machine.Text("hypervisor");
        record["osdisplayname"] = machine.Text("osdisplayname");
        record["ostypeid"] = machine.Text("ostypeid");
        if (kind.IsTraffic)
        {
            record["networkid"] = machine.Items("nic").Count > 0 ? machine.Items("nic")[0].Text("networkid") : null;
            return;
        }

        record["cpunumber"] = machine.Number("cpunumber");
        record["cpuspeed"] = machine.Number("cpuspeed");
        record["memory"] = machine.Number("memory");
    }

    private static Answer Generate(CommandCall call)
    {
        call.State.Usage.CountNow();
        return Answer.Done;
    }

    private static Answer Forget(CommandCall call)
    {
        var days = call.Number("interval") ?? 0;
        if (days is <= 0 or > 36_500)
        {
            throw ApiError.Refused($"The interval {days} isn't a number of days from 1 on.");
        }

        call.State.Usage.Forget(call.State.Clock.GetUtcNow().AddDays(-days));
        return Answer.Done;
    }
}
