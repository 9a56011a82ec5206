using System.Text;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Tests.Support;

/// <summary>Everything that a cloud holds as lines of text, to compare one cloud with another.</summary>
internal static class CloudPicture
{
    public static IReadOnlyList<string> Of(SimulatedCloud cloud) =>
        [.. cloud.Store.Tables.SelectMany(table => table).Select(Describe).Order(StringComparer.Ordinal)];

    private static string Describe(Entity entity) => string.Join(
        '|', [entity.Class.Name, entity.Id, OwnerOf(entity), .. entity.Class.Fields.Select((field, i) => $"{field.Name}={Show(entity.Read(i))}")]);

    private static string OwnerOf(Entity entity) =>
        entity.Owner is { } owner ? (owner.Project ?? owner.Account ?? owner.Domain).Id : "";

    private static string? Show(object? value) => value switch
    {
        Entity nested => nested.Id,
        IEnumerable<Entity> items => string.Join(',', items.Select(item => item.Id)),
        IReadOnlyDictionary<string, string> map => string.Join(',', map.Select(pair => $"{pair.Key}:{pair.Value}")),
        RawJson raw => Encoding.UTF8.GetString(raw.Utf8.Span),
        _ => FieldValue.TextOf(value),
    };
}
