using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Seed;

/// <summary>The settings that administrators meet most.</summary>
internal static class SettingSeed
{
    private static readonly (string Name, string Value, string Type, string Category, string Text)[] Known =
    [
        ("default.page.size", "500", "Long", "Advanced", "Largest and default page of list commands"),
        ("default.ui.page.size", "20", "Long", "Advanced", "Page size hint for user interfaces"),
        ("expunge.delay", "86400", "Number", "Advanced", "Seconds until destroyed machines are expunged"),
        ("expunge.interval", "86400", "Number", "Advanced", "Seconds between two runs of the expunging"),
        ("job.cancel.threshold.minutes", "60", "Number", "Advanced", "Minutes until a job that keeps others waiting is given up"),
        ("job.expire.minutes", "1440", "Number", "Advanced", "Minutes until finished jobs are forgotten"),
        ("session.timeout", "30", "Number", "Advanced", "Minutes until an idle session ends"),
        ("guest.domain.suffix", "cs1cloud.internal", "String", "Network", "Domain of guest networks"),
        ("network.throttling.rate", "200", "Integer", "Network", "Default rate of guest networks in Mbit/s"),
        ("cpu.overprovisioning.factor", "4.0", "Float", "Advanced", "How many times the CPUs of a cluster are given out"),
        ("mem.overprovisioning.factor", "1.0", "Float", "Advanced", "How many times the memory of a cluster is given out"),
        ("storage.overprovisioning.factor", "2.0", "Float", "Advanced", "How many times primary storage is given out"),
        ("allow.user.expunge.recover.vm", "false", "Boolean", "Advanced", "Whether users may expunge and recover machines"),
        ("allow.public.user.templates", "true", "Boolean", "Advanced", "Whether users may make templates public"),
        ("api.key.access", "true", "Boolean", "Advanced", "Whether API keys open anything where neither user nor account says"),
        ("api.allowed.source.cidr.list", "0.0.0.0/0,::/0", "String", "Advanced", "Networks that may call the API, separated by commas"),
        ("api.throttling.enabled", "false", "Boolean", "Advanced", "Whether calls per account are limited"),
        ("integration.api.port", "0", "Integer", "Advanced", "Port that answers without any check; 0 for none"),
        ("enable.dynamic.scale.vm", "true", "Boolean", "Advanced", "Whether running machines may be scaled"),
        ("enforce.post.requests.and.timestamps", "false", "Boolean", "Advanced", "Whether changes need POST and fresh signatures"),
        ("enable.user.2fa", "true", "Boolean", "Advanced", "Whether users may have a second factor"),
        ("mandate.user.2fa", "false", "Boolean", "Advanced", "Whether users must have a second factor"),
        ("user.2fa.default.provider", "totp", "String", "Advanced", "Who checks the code of the second factor by default"),
        ("user.2fa.issuer", "CloudStack", "String", "Advanced", "What authenticator apps call the codes of this cloud"),
        ("project.invite.required", "false", "Boolean", "Project Defaults", "Whether people must agree before they're added to a project"),
        ("quota.enable.service", "true", "Boolean", "Advanced", "Whether usage is charged"),
        ("quota.enable.enforcement", "false", "Boolean", "Advanced", "Whether accounts are locked whose balance is below zero"),
        ("quota.currency.symbol", "$", "String", "Advanced", "Sign of the currency of quota"),
        ("max.account.user.vms", "20", "Long", "Account Defaults", "Machines an account may have by default"),
        ("max.account.volumes", "20", "Long", "Account Defaults", "Volumes an account may have by default"),
    ];

    public static void Plant(CloudState state)
    {
        foreach (var (name, value, type, category, text) in Known)
        {
            var setting = state.New(ResultClass.Configuration);
            setting["name"] = name;
            setting["value"] = Chosen(state.Options, name) ?? value;
            setting["defaultvalue"] = value;
            setting["type"] = type;
            setting["category"] = category;
            setting["description"] = text;
            setting["isdynamic"] = true;
            setting["component"] = "simulator";
            state.Store.Add(setting);
        }
    }

    /// <summary>What the simulator's own switches say about a setting.</summary>
    private static string? Chosen(SimulatorOptions options, string name) => name switch
    {
        "api.throttling.enabled" when options.ApiLimit is not null => "true",
        "enforce.post.requests.and.timestamps" when options.EnforcePost => "true",
        "default.page.size" => options.PageSize.ToString(System.Globalization.CultureInfo.InvariantCulture),
        _ => null,
    };
}
