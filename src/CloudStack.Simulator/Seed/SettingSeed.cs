using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Lifecycles.Operations;

namespace CloudStack.Simulator.Seed;

/// <summary>The settings that administrators meet most.</summary>
internal static class SettingSeed
{
    private static readonly Setting[] Known =
    [
        new("default.page.size", "500", "Long", "Advanced", "Management Server/API", [], "Largest and default page of list commands")
            { IsStatic = true, Range = SettingRange.Positive },
        new("default.ui.page.size", "20", "Long", "Advanced", "Management Server/API", [], "Page size hint for user interfaces")
            { Range = SettingRange.Positive },
        new("expunge.delay", "86400", "Number", "Advanced", "Compute/Virtual Machine", [], "Seconds until destroyed machines are expunged")
            { Range = SettingRange.From(0) },
        new("expunge.interval", "86400", "Number", "Advanced", "Compute/Virtual Machine", [], "Seconds between two runs of the expunging")
            { IsStatic = true, Range = SettingRange.Positive },
        new("job.cancel.threshold.minutes", "60", "Number", "Advanced", "Management Server/Background Jobs", [],
            "Minutes until a job that keeps others waiting is given up")
            { Range = SettingRange.Positive },
        new("job.expire.minutes", "1440", "Number", "Advanced", "Management Server/Background Jobs", [],
            "Minutes until finished jobs are forgotten")
            { Range = SettingRange.Positive },
        new("session.timeout", "30", "Number", "Advanced", "Management Server/API", [], "Minutes until an idle session ends")
            { IsStatic = true, Range = SettingRange.Positive },
        new("guest.domain.suffix", "cs1cloud.internal", "String", "Network", "Network/DNS", ["Zone"], "Domain of guest networks"),
        new("network.throttling.rate", "200", "Integer", "Network", "Network/Network", ["Zone"], "Default rate of guest networks in Mbit/s")
            { Range = SettingRange.From(-1) },
        new("cpu.overprovisioning.factor", "4.0", "Float", "Advanced", "Infrastructure/Capacity", ["Cluster"],
            "How many times the CPUs of a cluster are given out")
            { Range = SettingRange.Positive },
        new("mem.overprovisioning.factor", "1.0", "Float", "Advanced", "Infrastructure/Capacity", ["Cluster"],
            "How many times the memory of a cluster is given out")
            { Range = SettingRange.Positive },
        new("storage.overprovisioning.factor", "2.0", "Float", "Advanced", "Infrastructure/Capacity", ["Zone", "StoragePool"],
            "How many times primary storage is given out")
            { Range = SettingRange.Positive },
        new("allow.user.expunge.recover.vm", "false", "Boolean", "Advanced", "Compute/Virtual Machine", ["Account"],
            "Whether users may expunge and recover machines"),
        new("allow.public.user.templates", "true", "Boolean", "Advanced", "Storage/Images", ["Account"], "Whether users may make templates public"),
        new("api.key.access", "true", "Boolean", "Advanced", "Access/Account", ["Domain"],
            "Whether API keys open anything where neither user nor account says"),
        new("api.allowed.source.cidr.list", "0.0.0.0/0,::/0", "String", "Advanced", "Access/Account", ["Domain", "Account"],
            "Networks that may call the API, separated by commas"),
        new("api.throttling.enabled", "false", "Boolean", "Advanced", "Management Server/API", [], "Whether calls per account are limited")
            { IsStatic = true },
        new("integration.api.port", "0", "Integer", "Advanced", "Management Server/API", [], "Port that answers without any check; 0 for none")
            { IsStatic = true, Range = new(0, 65_535) },
        new("enable.dynamic.scale.vm", "true", "Boolean", "Advanced", "Compute/Virtual Machine", ["Zone"], "Whether running machines may be scaled"),
        new("enforce.post.requests.and.timestamps", "false", "Boolean", "Advanced", "Management Server/API", [],
            "Whether changes need POST and fresh signatures")
            { IsStatic = true },
        new("enable.user.2fa", "true", "Boolean", "Advanced", "Access/Account", ["Domain"], "Whether users may have a second factor"),
        new("mandate.user.2fa", "false", "Boolean", "Advanced", "Access/Account", ["Domain"], "Whether users must have a second factor"),
        new("user.2fa.default.provider", "totp", "String", "Advanced", "Access/Account", ["Domain"],
            "Who checks the code of the second factor by default")
            { Options = "totp,staticpin" },
        new("user.2fa.issuer", "CloudStack", "String", "Advanced", "Access/Account", ["Domain"],
            "What authenticator apps call the codes of this cloud"),
        new("project.invite.required", "false", "Boolean", "Project Defaults", "Access/Project", [],
            "Whether people must agree before they're added to a project"),
        new("quota.enable.service", "true", "Boolean", "Advanced", "Usage Server/Quota", [], "Whether usage is charged"),
        new("quota.enable.enforcement", "false", "Boolean", "Advanced", "Usage Server/Quota", [],
            "Whether accounts are locked whose balance is below zero"),
        new("quota.currency.symbol", "$", "String", "Advanced", "Usage Server/Quota", [], "Sign of the currency of quota"),
        new("max.account.user.vms", "20", "Long", "Account Defaults", "Access/Limits", [], "Machines an account may have by default")
            { Range = SettingRange.From(-1) },
        new("max.account.volumes", "20", "Long", "Account Defaults", "Access/Limits", [], "Volumes an account may have by default")
            { Range = SettingRange.From(-1) },
    ];

    // Planted after everything else: what came before keeps its identifiers.
    private static readonly Setting[] More =
    [
        new("pool.storage.capacity.disablethreshold", "0.85", "Float", "Alert", "Infrastructure/Capacity", ["Zone", "StoragePool"],
            "Share of a storage's space in use from which nothing new is put there") { Range = SettingRange.Share },
        new("cluster.cpu.allocated.capacity.disablethreshold", "0.85", "Float", "Alert", "Infrastructure/Capacity", ["Cluster"],
            "Share of a cluster's CPUs given out from which no machine starts there") { Range = SettingRange.Share },
        new("cluster.memory.allocated.capacity.disablethreshold", "0.85", "Float", "Alert", "Infrastructure/Capacity", ["Cluster"],
            "Share of a cluster's memory given out from which no machine starts there") { Range = SettingRange.Share },
        new("secstorage.nfs.version", "", "String", "Advanced", "Storage/Secondary Storage", ["ImageStore"],
            "Version of NFS that an image store is mounted with"),
        new("use.external.dns", "false", "Boolean", "Advanced", "Network/DNS", ["Zone"],
            "Whether machines ask the zone's DNS instead of their router"),
        new("snapshot.max.hourly", "8", "Integer", "Snapshots", "Storage/Snapshot", [],
            "Hourly snapshots kept of a volume") { Range = SettingRange.From(0) },
        new("vm.password.length", "10", "Integer", "Advanced", "Compute/Virtual Machine", [],
            "Length of new machines' passwords") { Range = SettingRange.From(6) },
        new("use.system.public.ips", "true", "Boolean", "Advanced", "Network/Network", ["Account"],
            "Whether accounts with a public range of their own may use the common ones"),
        new("enable.account.settings.for.domain", "false", "Boolean", "Advanced", "Access/Account", [],
            "Whether an account without a value of its own has its domain's"),
        new("enable.domain.settings.for.child.domain", "false", "Boolean", "Advanced", "Access/Domain", [],
            "Whether a domain without a value of its own has its parent's"),
    ];

    public static void Plant(CloudState state)
    {
        foreach (var setting in Known)
        {
            setting.Plant(state, Chosen(state.Options, setting.Name) ?? setting.Value);
        }
    }

    public static void PlantMore(CloudState state)
    {
        foreach (var setting in More)
        {
            setting.Plant(state, setting.Value);
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
