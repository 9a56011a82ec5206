using Cloud.Core.Catalog;
using Cloud.Core.Objects;

namespace CloudStack.PowerShell.Completion;

/// <summary>What completion remembers of a list: names, ids, and the values of the fields that the list can be narrowed by.</summary>
/// <param name="Names">The objects, in the order in which a person expects them.</param>
/// <param name="Values">The different values by field.</param>
internal sealed record KnownRows(IReadOnlyList<KnownName> Names, IReadOnlyDictionary<string, IReadOnlyList<string>> Values)
{
    private const int MostValues = 100;

    private static readonly HashSet<string> Working = new(StringComparer.OrdinalIgnoreCase)
    {
        "Running", "Up", "Enabled", "Ready", "Active", "Implemented", "Allocated", "Connected",
    };

    /// <summary>Nothing.</summary>
    public static KnownRows None { get; } = new([], new Dictionary<string, IReadOnlyList<string>>());

    /// <summary>Takes from a list's rows what completion needs, so that the rows themselves aren't kept.</summary>
    /// <param name="list">The list.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="nameField">The field that people call the objects by.</param>
    /// <param name="ownAccount">The caller's account, or null where it isn't known.</param>
    public static KnownRows Of(CommandSpec list, IReadOnlyList<CloudObject> rows, string nameField, string? ownAccount)
    {
        var names = rows
            .Where(row => row.GetText(nameField) is { Length: > 0 })
            .OrderBy(row => ownAccount is not null && row.GetText("account") == ownAccount ? 0 : 1)
            .ThenBy(row => Working.Contains(row.GetText("state") ?? row.GetText("allocationstate") ?? "") ? 0 : 1)
            .Select(row => new KnownName(
                row.GetText(nameField)!,
                row.GetText("id") ?? "",
                string.Join(", ", ContextOf(row).OfType<string>())));
        var values = list.Parameters
            .Where(parameter => parameter is { Type: ParameterType.String, Sensitive: false })
            .ToDictionary(
                parameter => parameter.Name,
                parameter => (IReadOnlyList<string>)[.. rows
                    .Select(row => row.GetText(parameter.Name)).OfType<string>().Where(value => value.Length > 0)
                    .Distinct(StringComparer.Ordinal).Take(MostValues).Order(StringComparer.OrdinalIgnoreCase)],
                StringComparer.OrdinalIgnoreCase);
        return new KnownRows([.. names], values);
    }

    // A job's command comes with the name of its class on the server.
    private static IEnumerable<string?> ContextOf(CloudObject row) =>
        [row.GetText("cmd")?.Split('.')[^1], row.GetText("state"), row.GetText("vmname"), row.GetText("zonename"), row.GetText("account")];
}

/// <summary>An object that can be typed by name or id.</summary>
/// <param name="Text">The name.</param>
/// <param name="Id">The id; may be empty.</param>
/// <param name="Context">What tells its object from others; may be empty.</param>
internal sealed record KnownName(string Text, string Id, string Context);
