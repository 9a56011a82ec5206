using System.Globalization;
using CloudStack.Simulator.Tests.Support;

namespace CloudStack.Simulator.Tests.Lifecycles;

public sealed class UsageAndQuotaTests : IDisposable
{
    // The clock begins on a day of its own, so that days are whole.
    private readonly SteppedClock _clock = new();
    private readonly SimulatedCloud _cloud;

    public UsageAndQuotaTests() => _cloud = new SimulatedCloud(new() { Clock = _clock });

    private SignedCaller Root => SignedCaller.Root(_cloud);

    private SignedCaller User => Root.As(_cloud.Credentials.User);

    public void Dispose() => _cloud.Dispose();

    [Fact]
    public async Task Counts_the_hours_of_what_ran_and_of_what_was_there()
    {
        await ToMidnightAsync();
        var machine = await Root.IdOfAsync("listVirtualMachines", "web-01");
        _clock.Step(TimeSpan.FromHours(6));
        await User.FinishAsync("stopVirtualMachine", ("id", machine));
        _clock.Step(TimeSpan.FromHours(18));

        Assert.Equal(("6", "6 Hrs"), await UsageAsync(machine, 1));
        Assert.Equal(("24", "24 Hrs"), await UsageAsync(machine, 2));
        Assert.NotEqual("0", (await UsageAsync(machine, 4)).Raw);
    }

    [Fact]
    public async Task Still_tells_the_usage_of_what_is_gone()
    {
        await ToMidnightAsync();
        var volume = await Root.IdOfAsync("listVolumes", "scratch");
        _clock.Step(TimeSpan.FromHours(12));
        await User.DoAsync("deleteVolume", ("id", volume));
        _clock.Step(TimeSpan.FromHours(12));

        Assert.Equal("12", (await UsageAsync(volume, 6)).Raw);
        _clock.Step(TimeSpan.FromDays(3));
        await Root.DoAsync("removeRawUsageRecords", ("interval", "1"));
        Assert.Empty((await RecordsAsync(("usageid", volume))).Items);
    }

    [Fact]
    public async Task Counts_the_running_day_only_when_asked()
    {
        await ToMidnightAsync();
        _clock.Step(TimeSpan.FromHours(5));
        Assert.Empty(await TodayAsync());

        await Root.DoAsync("generateUsageRecords");

        Assert.NotEmpty(await TodayAsync());
        Assert.All(await TodayAsync(), record => Assert.Equal("5", record.GetProperty("rawusage").GetString()));
        await Root.RefuseAsync(431, "listUsageRecords", ("startdate", "2031-02-04"), ("enddate", "2031-02-03"));
        await Root.RefuseAsync(431, "removeRawUsageRecords", ("interval", "0"));
    }

    [Fact]
    public async Task Charges_usage_by_the_tariff_that_was_in_force()
    {
        await ToMidnightAsync();
        // A month's price that makes an hour cost one.
        var hours = 24 * DateTime.DaysInMonth(Now.Year, Now.Month);
        await Root.DoAsync("quotaTariffUpdate", ("name", "RUNNING_VM"), ("value", hours.ToString(CultureInfo.InvariantCulture)));
        await Root.DoAsync("quotaCredits", [.. await OwnerAsync(), ("value", "100")]);
        _clock.Step(TimeSpan.FromHours(10));
        await Root.DoAsync("quotaTariffUpdate", ("name", "RUNNING_VM"), ("value", "0"));
        _clock.Step(TimeSpan.FromHours(14));

        // One machine of the account runs.
        Assert.Equal(90, (await Root.CallAsync("quotaBalance", await OwnerAsync())).Item.GetProperty("quota").GetDecimal());
        var summary = (await Root.CallAsync("quotaSummary", ("listall", "true"))).Items.Single(item => item.GetProperty("account").GetString() == "ledger");
        Assert.Equal((90m, 10m), (summary.GetProperty("balance").GetDecimal(), summary.GetProperty("quota").GetDecimal()));
        Assert.Equal(2, (await Root.CallAsync("quotaTariffList", ("usagetype", "1"), ("listonlyremoved", "true"))).Items.Count);
    }

    [Fact]
    public async Task Charges_only_what_a_tariffs_rule_is_true_for()
    {
        await ToMidnightAsync();
        var hours = (24 * DateTime.DaysInMonth(Now.Year, Now.Month)).ToString(CultureInfo.InvariantCulture);
        await Root.DoAsync(
            "quotaTariffCreate", ("name", "Finance"), ("usagetype", "1"), ("value", hours), ("activationrule", "domain.name == 'Finance' && value.name == 'ledger-01'"));
        await Root.DoAsync("quotaTariffCreate", ("name", "double"), ("usagetype", "1"), ("value", "0"), ("activationrule", $"account.name == 'ledger' ? {hours} * 2 : 0"));

        _clock.Step(TimeSpan.FromHours(24));

        Assert.Equal(-72, (await Root.CallAsync("quotaBalance", await OwnerAsync())).Item.GetProperty("quota").GetDecimal());
        var others = (await Root.CallAsync("quotaSummary", ("listall", "true"))).Items.Where(item => item.GetProperty("account").GetString() != "ledger");
        Assert.All(others, item => Assert.Equal(0, item.GetProperty("quota").GetDecimal()));
    }

    [Fact]
    public async Task Locks_an_account_that_used_up_its_credit_until_it_gets_more()
    {
        await ToMidnightAsync();
        await Root.DoAsync("updateConfiguration", ("name", "quota.enable.enforcement"), ("value", "true"));
        await Root.DoAsync("quotaTariffCreate", ("name", "dear"), ("usagetype", "2"), ("value", "1000000"));
        await Root.DoAsync("quotaCredits", [.. await OwnerAsync(), ("value", "10"), ("quota_enforce", "true")]);
        var ledger = Root.As(_cloud.Credentials.OtherUser);
        Assert.Equal(200, (await ledger.CallAsync("listVirtualMachines")).Status);

        _clock.Step(TimeSpan.FromHours(25));

        Assert.Equal(401, (await ledger.CallAsync("listVirtualMachines")).Status);
        await Root.DoAsync("quotaCredits", [.. await OwnerAsync(), ("value", "10000000")]);
        Assert.Equal(200, (await ledger.CallAsync("listVirtualMachines")).Status);
        Assert.Equal(2, (await Root.CallAsync("quotaCreditsList", ("accountid", await Root.IdOfAsync("listAccounts", "ledger")))).Items.Count);
    }

    [Fact]
    public async Task Refuses_tariffs_and_letters_that_make_no_sense()
    {
        await Root.RefuseAsync(431, "quotaTariffCreate", ("name", "RUNNING_VM"), ("usagetype", "1"), ("value", "1"));
        await Root.RefuseAsync(431, "quotaTariffCreate", ("name", "x"), ("usagetype", "77"), ("value", "1"));
        await Root.RefuseAsync(431, "quotaTariffCreate", ("name", "x"), ("usagetype", "1"), ("value", "1"), ("startdate", "2001-01-01"));
        await Root.RefuseAsync(431, "quotaTariffCreate", ("name", "x"), ("usagetype", "1"), ("value", "1"), ("activationrule", "if (a { 1 }"));
        await Root.RefuseAsync(431, "quotaTariffUpdate", ("name", "none"), ("value", "1"));
        await Root.RefuseAsync(431, "quotaEmailTemplateUpdate", ("templatetype", "QUOTA_NONE"), ("templatesubject", "s"), ("templatebody", "b"));
        await Root.RefuseAsync(431, "quotaConfigureEmail", ("accountid", await Root.IdOfAsync("listAccounts", "ledger")));
        var rule = (await Root.CallAsync("quotaValidateActivationRule", ("usagetype", "1"), ("activationrule", "account.name == '('"))).Item;
        Assert.True(rule.GetProperty("isvalid").GetBoolean());
    }

    private DateTimeOffset Now => _clock.GetUtcNow();

    private async Task ToMidnightAsync()
    {
        _clock.Step(Now.Date.AddDays(1) - Now.UtcDateTime);
        await Root.CallAsync("listZones");
    }

    private Task<Reply> RecordsAsync(params (string, string)[] more) => Root.CallAsync("listUsageRecords",
        [("startdate", Day(Now.AddDays(-5))), ("enddate", Day(Now.AddDays(1))), .. more]);

    private async Task<IReadOnlyList<System.Text.Json.JsonElement>> TodayAsync() => (await Root.CallAsync(
        "listUsageRecords", ("startdate", Day(Now)), ("enddate", Day(Now)), ("type", "1"))).Items;

    private async Task<(string Raw, string Told)> UsageAsync(string resource, int type)
    {
        var last = (await RecordsAsync(("usageid", resource), ("type", type.ToString(CultureInfo.InvariantCulture)))).Items[^1];
        return (last.GetProperty("rawusage").GetString()!, last.GetProperty("usage").GetString()!);
    }

    private async Task<(string, string)[]> OwnerAsync() => [("account", "ledger"), ("domainid", await Root.IdOfAsync("listDomains", "Finance"))];

    private static string Day(DateTimeOffset time) => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
