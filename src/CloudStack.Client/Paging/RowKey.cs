using Cloud.Core.Objects;

namespace CloudStack.Client.Paging;

/// <summary>
/// What tells one row of a list from another. The identifier alone doesn't: a template is listed once for every zone and
/// image store that has it.
/// </summary>
/// <param name="Id">The object's identifier.</param>
/// <param name="Zone">The zone of the row, or null.</param>
/// <param name="Store">The store of the row, or null.</param>
internal readonly record struct RowKey(string Id, string? Zone, string? Store)
{
    /// <summary>The row's key, or null where it has no identifier.</summary>
    public static RowKey? Of(CloudObject row) =>
        row.GetText("id") is { } id ? new RowKey(id, row.GetText("zoneid"), row.GetText("datastoreid")) : null;
}
