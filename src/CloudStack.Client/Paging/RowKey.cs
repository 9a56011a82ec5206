using System.Text.Json;
using Cloud.Core.Objects;

namespace CloudStack.Client.Paging;

/// <summary>
/// What tells one row of a list from another. The identifier alone doesn't: a template is listed once for every zone and
/// image store that has it. Identifiers are kept as 16 bytes each, since a long list keeps a key of every row.
/// </summary>
/// <param name="Id">The object's identifier.</param>
/// <param name="Zone">The zone of the row, or empty.</param>
/// <param name="Store">The store of the row, or empty.</param>
/// <param name="Text">All three as text where one of them isn't a UUID, else null.</param>
internal readonly record struct RowKey(Guid Id, Guid Zone, Guid Store, string? Text)
{
    /// <summary>The row's key, or null where it has no identifier.</summary>
    public static RowKey? Of(CloudObject row)
    {
        if (row.GetField("id") is not { } id || row.GetText("id") is null)
        {
            return null;
        }

        return TryRead(id, out var own) && TryRead(row.GetField("zoneid"), out var zone) && TryRead(row.GetField("datastoreid"), out var store)
            ? new RowKey(own, zone, store, null)
            : new RowKey(default, default, default, $"{row.GetText("id")} {row.GetText("zoneid")} {row.GetText("datastoreid")}");
    }

    // Only the one spelling that servers use: another would make two texts equal that aren't.
    private static bool TryRead(JsonElement? field, out Guid id)
    {
        id = default;
        return field is not { } value || (value.ValueKind == JsonValueKind.String && value.TryGetGuid(out id));
    }
}
