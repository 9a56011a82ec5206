using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Accounting;

/// <summary>What an activation rule can ask about a piece of usage: whose it is, where, and what was used.</summary>
internal static class PresetVariables
{
    private const double Mebibyte = 1L << 20;

    public static IReadOnlyDictionary<string, object?> Of(CloudState state, UsageSpan span)
    {
        var (resource, owner) = (span.Resource, span.Owner);
        return Parts(
            ("account", owner.Account is { } account
                ? Parts(
                    ("id", account.Id), ("name", account.Name),
                    ("role", Parts(("id", account.Text("roleid")), ("name", account.Text("rolename")), ("type", account.Text("roletype")))))
                : null),
            ("domain", Parts(("id", owner.Domain.Id), ("name", owner.Domain.Name), ("path", owner.Domain.Text("path")))),
            ("project", owner.Project is { } project ? Parts(("id", project.Id), ("name", project.Name)) : null),
            ("resourceType", span.Kind.Name),
            ("zone", state.Store.Find(resource.Text("zoneid")) is { } zone ? Parts(("id", zone.Id), ("name", zone.Name)) : null),
            ("value", Value(resource)));
    }

    private static Dictionary<string, object?> Value(Entity resource)
    {
        var value = Parts(("id", resource.Id), ("name", resource.Name), ("tags", Tags(resource)));
        if (UsageKind.SizeOf(resource) is > 0 and var size)
        {
            value["size"] = size / Mebibyte;
        }

        if (resource.Class.Name == ResultClass.VirtualMachine)
        {
            value["osName"] = resource.Text("osdisplayname");
            value["computeOffering"] = Parts(("id", resource.Text("serviceofferingid")), ("name", resource.Text("serviceofferingname")));
            value["template"] = Parts(("id", resource.Text("templateid")), ("name", resource.Text("templatename")));
        }

        return value;
    }

    private static Dictionary<string, object?>? Tags(Entity resource) => resource.Class.Has("tags")
        ? resource.Items("tags").GroupBy(tag => tag.Text("key")!).ToDictionary(group => group.Key, group => (object?)group.First().Text("value"), StringComparer.Ordinal)
        : null;

    private static Dictionary<string, object?> Parts(params (string Name, object? Value)[] parts) =>
        parts.ToDictionary(part => part.Name, part => part.Value, StringComparer.Ordinal);
}
