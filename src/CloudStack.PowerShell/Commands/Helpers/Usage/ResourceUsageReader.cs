using System.Globalization;
using Cloud.Core.Objects;
using CloudStack.PowerShell.Results;

namespace CloudStack.PowerShell.Commands.Helpers.Usage;

/// <summary>Reads limits and use from the row of an account or project, which carries both.</summary>
internal static class ResourceUsageReader
{
    // The row's field is the prefix followed by "total" and "limit".
    private static readonly (string Prefix, string Resource, string Unit)[] Resources =
    [
        ("vm", "VirtualMachine", ""), ("cpu", "Cpu", ""), ("memory", "Memory", "MB"), ("gpu", "Gpu", ""),
        ("primarystorage", "PrimaryStorage", "GB"), ("secondarystorage", "SecondaryStorage", "GB"),
        ("volume", "Volume", ""), ("snapshot", "Snapshot", ""), ("template", "Template", ""),
        ("ip", "PublicIpAddress", ""), ("network", "Network", ""), ("vpc", "Vpc", ""), ("project", "Project", ""),
        ("backup", "Backup", ""), ("backupstorage", "BackupStorage", "GB"),
        ("bucket", "Bucket", ""), ("objectstorage", "ObjectStorage", "GB"),
    ];

    /// <summary>Gives one object for each resource that the row tells about.</summary>
    /// <param name="row">An account or project.</param>
    /// <param name="kind">Which of them.</param>
    /// <param name="warnAt">From how many percent on the use is near its limit.</param>
    /// <param name="connection">The connection's name.</param>
    public static IEnumerable<ResourceUsage> Read(CloudObject row, string kind, double warnAt, string connection)
    {
        foreach (var (prefix, resource, unit) in Resources)
        {
            if (row.GetNumber(prefix + "total") is not { } used)
            {
                continue;
            }

            var limit = LimitOf(row.GetText(prefix + "limit"));
            var percent = PercentOf(used, limit);
            yield return new ResourceUsage(
                ShownText.Of(row.GetText("name"), 100), kind, ShownText.Of(row.GetText("domainpath") ?? row.GetText("domain"), 200),
                resource, used, limit, percent, unit, percent >= warnAt, connection);
        }
    }

    // "Unlimited" and -1 both mean that there is none.
    private static double? LimitOf(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var limit) && limit >= 0 ? limit : null;

    private static double? PercentOf(double used, double? limit) => limit switch
    {
        null => null,
        0 => used > 0 ? 100 : 0,
        { } most => Math.Round(100 * used / most, 1),
    };
}
