using System.Globalization;
using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Accounting;

/// <summary>
/// What usage costs, and from when until when. A changed tariff ends and a new one of its name begins, so that the past
/// keeps its price. An activation rule says what a tariff is for each piece of usage.
/// </summary>
internal sealed class QuotaTariffs : ICommandFamily
{
    public const string Class = "QuotaTariffResponse";

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Read("quotaTariffList", List);
        commands.Do("quotaTariffCreate", Create);
        commands.Do("quotaTariffUpdate", Update);
        commands.Do("quotaTariffDelete", Delete);
        commands.Read("quotaPresetVariablesList", ListVariables);
        commands.Read("quotaValidateActivationRule", Validate);
    }

    /// <summary>The part of a span that a tariff was in force, in money.</summary>
    /// <param name="tariff">The tariff.</param>
    /// <param name="value">What its unit costs.</param>
    /// <param name="span">What was used.</param>
    public static decimal CostOf(Entity tariff, decimal value, UsageSpan span)
    {
        var from = tariff["effectiveDate"] is DateTimeOffset begins && begins > span.From ? begins : span.From;
        var ends = tariff["removed"] as DateTimeOffset? ?? tariff["endDate"] as DateTimeOffset?;
        var to = ends < span.To ? ends.Value : span.To;
        var cost = 0m;
        while (from < to)
        {
            // A month has its own number of hours, so that each is counted for itself.
            var month = new DateTimeOffset(from.Year, from.Month, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(1);
            var part = span with { From = from, To = month < to ? month : to };
            cost += UsageAmount.CostOf(part, value);
            from = part.To;
        }

        return cost;
    }

    /// <summary>Makes a tariff; everything was checked before.</summary>
    public static Entity Add(CloudState state, UsageKind kind, string name, double value, DateTimeOffset from)
    {
        var tariff = state.New(Class);
        tariff["name"] = name;
        tariff["usageType"] = kind.Number;
        tariff["usageName"] = kind.Name;
        tariff["usageUnit"] = kind.Unit;
        tariff["usageTypeDescription"] = kind.Text;
        tariff["tariffValue"] = value;
        tariff["effectiveDate"] = from;
        tariff["currency"] = QuotaAccounts.Currency(state);
        tariff["position"] = 1L;
        state.Store.Add(tariff);
        return tariff;
    }

    private static Answer List(CommandCall call)
    {
        var type = call.Number("usagetype");
        return Answer.List(call.State.Table(Class).Where(tariff =>
            (call.IsSet("listall") || call.Has("id") || tariff["removed"] is not null == call.IsSet("listonlyremoved"))
            && (call.Text("id") is not { } id || tariff.Id == id)
            && (call.Text("name") is not { Length: > 0 } name || tariff.Name == name)
            && (type is null || tariff.Number("usageType") == type)
            && !((tariff["effectiveDate"] as DateTimeOffset?) < call.Date("startdate"))
            && !((tariff["effectiveDate"] as DateTimeOffset?) > call.Date("enddate"))));
    }

    private static Answer Create(CommandCall call)
    {
        var kind = KindOf(call);
        var name = call.RequiredText("name");
        if (Current(call, name) is not null)
        {
            throw ApiError.Refused($"A quota tariff named {name} exists already.");
        }

        var now = call.State.Clock.GetUtcNow();
        var from = call.Date("startdate") ?? now;
        if (from < now.Date)
        {
            throw ApiError.Refused($"The quota tariff's start date {from:u} has passed; only days from today on are accepted.");
        }

        DemandEnd(call, from, now);
        DemandRule(call);
        var tariff = Add(call.State, kind, name, Value(call) ?? throw ApiError.Missing(call.Command.Name, "value"), from);
        tariff["endDate"] = call.Date("enddate");
        call.Apply(tariff, "description", "activationrule", "position");
        return Answer.Of(tariff);
    }

    private static Answer Update(CommandCall call)
    {
        var former = Current(call, call.RequiredText("name")) ?? throw ApiError.Refused($"There is no quota tariff named {call.Text("name")}.");
        var now = call.State.Clock.GetUtcNow();
        DemandEnd(call, (DateTimeOffset)former["effectiveDate"]!, now);
        DemandRule(call);
        var kind = UsageKind.Find(former.Number("usageType"))!;
        var tariff = Add(call.State, kind, former.Name!, Value(call) ?? (double)former["tariffValue"]!, now);
        foreach (var field in (string[])["description", "activationRule", "position", "endDate"])
        {
            tariff[field] = former[field];
        }

        call.Apply(tariff, "description", "activationrule", "position", "enddate");
        former["removed"] = now;
        return Answer.Of(tariff);
    }

    private static Answer Delete(CommandCall call)
    {
        var tariff = call.State.Store.Find(Class, call.RequiredText("id"));
        if (tariff is null || tariff["removed"] is not null)
        {
            throw ApiError.Refused($"There is no quota tariff with the id {call.Text("id")}.");
        }

        tariff["removed"] = call.State.Clock.GetUtcNow();
        return Answer.Done;
    }

    private static Answer ListVariables(CommandCall call)
    {
        var kind = KindOf(call);
        string[] known = ["account.id", "account.name", "account.role.id", "account.role.name", "account.role.type", "domain.id",
            "domain.name", "domain.path", "project.id", "project.name", "resourceType", "zone.id", "zone.name", "value.id", "value.name"];
        var own = kind.Number is UsageKind.RunningMachine or UsageKind.AllocatedMachine
            ? ["value.computeOffering.id", "value.computeOffering.name", "value.osName", "value.tags", "value.template.id", "value.template.name"]
            : kind.Unit.StartsWith("GB", StringComparison.Ordinal) ? (string[])["value.size"] : [];
        return Answer.List(known.Concat(own).Select(name =>
        {
            var variable = call.New(call.Command.Result);
            variable["variable"] = name;
            variable["description"] = $"The {name.Replace('.', ' ')} of what was used.";
            return variable;
        }));
    }

    private static Answer Validate(CommandCall call)
    {
        var kind = KindOf(call);
        var rule = call.RequiredText("activationrule");
        var answer = call.New(call.Command.Result);
        answer["activationrule"] = rule;
        answer["quotatype"] = kind.Name;
        var isValid = ActivationRule.Read(rule, out var problem) is not null;
        answer["isvalid"] = isValid;
        answer["message"] = isValid ? "The rule can be carried out." : problem;
        return Answer.Of(answer);
    }

    private static void DemandRule(CommandCall call)
    {
        if (call.Text("activationrule") is { Length: > 0 } rule && ActivationRule.Read(rule, out var problem) is null)
        {
            throw ApiError.Refused($"The activation rule can't be carried out: {problem}");
        }
    }

    private static void DemandEnd(CommandCall call, DateTimeOffset from, DateTimeOffset now)
    {
        if (call.Date("enddate") is { } end && (end < from || end < now))
        {
            throw ApiError.Refused($"The quota tariff's end date {end:u} lies before its start date or has passed.");
        }
    }

    private static UsageKind KindOf(CommandCall call) => UsageKind.Find(call.Number("usagetype") ?? 0)
        ?? throw ApiError.Refused($"There is no usage type {call.Number("usagetype")?.ToString(CultureInfo.InvariantCulture)}; listUsageTypes tells the types.");

    private static double? Value(CommandCall call) => call.Arguments.GetValueOrDefault("value") as double? is not { } value
        ? null
        : double.IsFinite(value) && Math.Abs(value) < 1e12 ? value : throw ApiError.Refused($"The value {value} isn't an amount of money.");

    private static Entity? Current(CommandCall call, string name) =>
        call.State.Table(Class).FirstOrDefault(tariff => tariff.Name == name && tariff["removed"] is null);
}
