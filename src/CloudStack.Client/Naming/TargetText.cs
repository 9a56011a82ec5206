using Cloud.Core.Objects;

namespace CloudStack.Client.Naming;

/// <summary>Says in a few words what tells an object from others of its name.</summary>
internal static class TargetText
{
    private static readonly (string Label, string[] Fields)[] Parts =
    [
        ("project", ["project"]),
        ("account", ["account"]),
        ("domain", ["domainpath", "domain"]),
        ("zone", ["zonename"]),
        ("state", ["state", "resourcestate", "allocationstate", "status"]),
    ];

    public static string Of(CloudObject found)
    {
        var parts = new List<string>();
        foreach (var (label, fields) in Parts)
        {
            if (fields.Select(found.GetText).FirstOrDefault(text => !string.IsNullOrEmpty(text)) is { } text)
            {
                parts.Add($"{label} {text}");
            }
        }

        return string.Join(", ", parts);
    }
}
