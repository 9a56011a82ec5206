using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Identity;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Accounting;

/// <summary>Credits, balances and statements. A balance is what was credited less what the counted usage costs.</summary>
internal sealed class Quota : ICommandFamily
{
    public void Register(CommandTable commands, CloudState state)
    {
        commands.Read("quotaIsEnabled", IsEnabled);
        commands.Do("quotaCredits", AddCredits);
        commands.Read("quotaCreditsList", ListCredits);
        commands.Read("quotaBalance", Balance);
        commands.Read("quotaStatement", Statement);
        commands.Read("quotaSummary", Summarize);
        commands.Do("quotaUpdate", Update);
    }

    private static Answer IsEnabled(CommandCall call)
    {
        var answer = call.New(call.Command.Result);
        answer["isenabled"] = QuotaAccounts.IsEnabled(call.State);
        return Answer.Of(answer);
    }

    private static Answer AddCredits(CommandCall call)
    {
        var account = Scope.NamedAccount(call);
        var value = call.Arguments.GetValueOrDefault("value") as double? ?? throw ApiError.Missing(call.Command.Name, "value");
        if (!double.IsFinite(value) || Math.Abs(value) > 1e12)
        {
            throw ApiError.Refused($"The credit {value} isn't an amount of money.");
        }

        var credit = call.New(QuotaAccounts.Credit);
        credit["credit"] = value;
        credit["creditedon"] = call.State.Clock.GetUtcNow();
        credit["creditoruserid"] = call.Caller.User.Id;
        credit["creditorusername"] = call.Caller.User.Text("username");
        credit["currency"] = QuotaAccounts.Currency(call.State);
        credit.Owner = Owner.OfAccount(account);
        call.State.Store.Add(credit);
        if (call.Flag("quota_enforce") is { } isEnforced)
        {
            QuotaAccounts.Enforce(call.State, account, isEnforced);
        }

        if (account.State == "locked" && QuotaAccounts.IsEnforced(account) && BalanceNow(call, account) >= 0)
        {
            account["state"] = "enabled";
        }

        return Answer.Of(credit);
    }

    private static Answer ListCredits(CommandCall call)
    {
        var account = call.Find("accountid");
        var scope = Scope.Of(call);
        return Answer.List(call.State.Table(QuotaAccounts.Credit).Where(credit =>
            scope(credit) && (account is null || credit.Owner?.Account == account)
            && credit["creditedon"] is DateTimeOffset on && !(on < call.Date("startdate")) && !(on > call.Date("enddate"))));
    }

    private static Answer Balance(CommandCall call)
    {
        var account = AccountOf(call);
        var until = call.Date("enddate") ?? call.State.Clock.GetUtcNow();
        if (call.Date("startdate") > until)
        {
            throw ApiError.Refused("The start date lies after the end date.");
        }

        return Amount(call, account, QuotaAccounts.BalanceOf(call.State, account, until));
    }

    private static Answer Statement(CommandCall call)
    {
        var account = AccountOf(call);
        var (from, to) = Dates.Of(call);
        var kind = call.Number("type") is { } number
            ? UsageKind.Find(number) ?? throw ApiError.Refused($"There is no usage type {number}; listUsageTypes tells the types.")
            : null;
        var costs = QuotaAccounts.Costs(call.State, one => one == account, from, to);
        var answer = Amount(call, account, costs.Where(cost => kind is null || cost.Key.Kind == kind.Number).Sum(cost => cost.Value));
        if (kind is not null)
        {
            answer.Entity["type"] = kind.Number;
            answer.Entity["name"] = kind.Name;
            answer.Entity["unit"] = kind.Unit;
        }

        return answer;
    }

    private static Answer Summarize(CommandCall call)
    {
        var now = call.State.Clock.GetUtcNow();
        var accounts = Summarized(call).ToList();
        var costs = QuotaAccounts.Costs(call.State, accounts.ToHashSet().Contains, DateTimeOffset.MinValue, now)
            .GroupBy(cost => cost.Key.Account, cost => cost.Value).ToDictionary(group => group.Key, group => group.Sum());
        return Answer.List(accounts.Select(account =>
        {
            var used = costs.GetValueOrDefault(account);
            var summary = call.New(call.Command.Result);
            Owner.OfAccount(account).Claim(summary);
            summary["accountid"] = account.Id;
            summary["balance"] = Rounded(QuotaAccounts.CreditsOf(call.State, account, now) - used);
            summary["quota"] = Rounded(used);
            summary["currency"] = QuotaAccounts.Currency(call.State);
            summary["quotaenabled"] = QuotaAccounts.IsEnabled(call.State);
            summary["state"] = account.State;
            summary["startdate"] = account["created"];
            summary["enddate"] = call.State.Usage.CountedUntil;
            return summary;
        }));
    }

    // Without listall or an account's name, a summary is the caller's own.
    private static IEnumerable<Entity> Summarized(CommandCall call)
    {
        if (call.Text("account") is { Length: > 0 })
        {
            return [Scope.NamedAccount(call)];
        }

        var domain = call.Find("domainid");
        return !call.IsSet("listall") && domain is null
            ? [call.Caller.Account]
            : call.State.Table(ResultClass.Account).Where(account =>
                call.Caller.MaySee(account) && (domain is null || DomainTree.Contains(domain, account.Owner!.Domain)));
    }

    private static Answer Update(CommandCall call)
    {
        call.State.Usage.CountNow();
        QuotaAccounts.LockExhausted(call.State);
        var answer = call.New(call.Command.Result);
        answer["updated_on"] = call.State.Clock.GetUtcNow();
        return Answer.Of(answer);
    }

    private static SingleAnswer Amount(CommandCall call, Entity account, decimal amount)
    {
        var answer = call.New(call.Command.Result);
        answer["account"] = account.Name;
        answer["quota"] = Rounded(amount);
        return new SingleAnswer(answer);
    }

    private static Entity AccountOf(CommandCall call)
    {
        var account = call.Find("accountid") ?? Scope.NamedAccount(call);
        call.DemandSight(account);
        return account;
    }

    private static decimal BalanceNow(CommandCall call, Entity account) =>
        QuotaAccounts.BalanceOf(call.State, account, call.State.Clock.GetUtcNow());

    private static double Rounded(decimal amount) => (double)Math.Round(amount, 4);
}
