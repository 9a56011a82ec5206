using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Lifecycles.Operations;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Accounting;

/// <summary>What accounts were credited, what their usage cost, and what becomes of those that used up everything.</summary>
internal static class QuotaAccounts
{
    public const string Credit = "QuotaCreditsResponse";
    private const string Enforced = "quotaenforced";
    private const string Checked = "quotachecked";
    private static readonly TimeSpan CheckTime = TimeSpan.FromMinutes(30);

    public static string Currency(CloudState state) => Setting(state, "quota.currency.symbol") ?? "$";

    public static bool IsEnabled(CloudState state) => Setting(state, "quota.enable.service") == "true";

    /// <summary>What was credited to an account until a time, without its usage.</summary>
    public static decimal CreditsOf(CloudState state, Entity account, DateTimeOffset until) => state.Table(Credit)
        .Where(credit => credit.Owner?.Account == account && credit["creditedon"] is DateTimeOffset on && on <= until)
        .Sum(credit => (decimal)(credit["credit"] as double? ?? 0));

    /// <summary>What the usage of a period cost, as far as it was counted, by owner and kind.</summary>
    public static Dictionary<(Entity Account, int Kind), decimal> Costs(
        CloudState state, Func<Entity, bool> isWanted, DateTimeOffset from, DateTimeOffset to)
    {
        var costs = new Dictionary<(Entity, int), decimal>();
        var end = to < state.Usage.CountedUntil ? to : state.Usage.CountedUntil;
        var tariffs = state.Table(QuotaTariffs.Class)
            .Select(tariff => (Tariff: tariff, Value: (decimal)(tariff["tariffValue"] as double? ?? 0), Rule: RuleOf(tariff)))
            .Where(priced => priced.Value != 0 || priced.Rule is not null).ToLookup(priced => priced.Tariff.Number("usageType"));
        if (from >= end || tariffs.Count == 0)
        {
            return costs;
        }

        foreach (var span in state.Usage.In(from, end, resource => resource.Owner?.Account is { } account && isWanted(account)).SelectMany(UsageRecords.Metered))
        {
            foreach (var (tariff, value, rule) in tariffs[span.Kind.Number])
            {
                var key = (span.Owner.Account!, span.Kind.Number);
                var unit = rule?.ValueOf(PresetVariables.Of(state, span), value) ?? value;
                costs[key] = costs.GetValueOrDefault(key) + QuotaTariffs.CostOf(tariff, unit, span);
            }
        }

        return costs;
    }

    private static ActivationRule? RuleOf(Entity tariff) =>
        tariff.Text("activationRule") is { Length: > 0 } rule ? ActivationRule.Read(rule, out _) : null;

    public static decimal BalanceOf(CloudState state, Entity account, DateTimeOffset until) =>
        CreditsOf(state, account, until) - Costs(state, one => one == account, DateTimeOffset.MinValue, until).Values.Sum();

    /// <summary>Says whether an account is locked when its balance falls below zero; looked at once a day.</summary>
    public static void Enforce(CloudState state, Entity account, bool isEnforced)
    {
        account.SetAttribute(Enforced, isEnforced ? Enforced : null);
        var root = state.Table(ResultClass.Domain).First();
        if (isEnforced && root.Attribute<string>(Checked) is null)
        {
            root.SetAttribute(Checked, Checked);
            CheckDaily(state);
        }
    }

    public static bool IsEnforced(Entity account) => account.Attribute<string>(Enforced) is not null;

    /// <summary>Locks the accounts that used up everything, where the settings say so.</summary>
    public static void LockExhausted(CloudState state)
    {
        if (!IsEnabled(state) || Setting(state, "quota.enable.enforcement") != "true")
        {
            return;
        }

        foreach (var account in state.Table(ResultClass.Account).Where(account => account.State == "enabled" && IsEnforced(account)).ToList())
        {
            if (BalanceOf(state, account, state.Clock.GetUtcNow()) < 0)
            {
                account["state"] = "locked";
            }
        }
    }

    private static void CheckDaily(CloudState state)
    {
        var next = new DateTimeOffset(state.Clock.GetUtcNow().UtcDateTime.Date.AddDays(1), TimeSpan.Zero) + CheckTime;
        state.Timeline.At(next, () =>
        {
            LockExhausted(state);
            CheckDaily(state);
        });
    }

    private static string? Setting(CloudState state, string name) =>
        Configurations.ValueOf(state, name, state.Table(ResultClass.Domain).First());
}
