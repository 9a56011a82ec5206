using System.Text.Json;
using Cloud.Core.Objects;

namespace CloudStack.Client.Paging;

/// <summary>
/// What tells one row of a list from another. The identifier alone doesn't: a template is listed once for every zone and
/// image store that has it. A long list keeps a key of every row, so an identifier is kept as its 16 bytes.
/// </summary>
/// <param name="Id">The object's identifier, or zero where it isn't a UUID.</param>
/// <param name="Rest">Zone and store where they matter, and an identifier that isn't a UUID; else null.</param>
internal readonly record struct RowKey(Guid Id, string? Rest)
{
    // The long lists of which it is known that an object is one row; reading its place would cost as much as parsing it.
    private static readonly HashSet<string> OneRowEach = new(StringComparer.Ordinal)
    {
        "AccountResponse", "AsyncJobResponse", "EventResponse", "HostResponse", "NetworkResponse", "UserResponse",
        "UserVmResponse", "VolumeResponse",
    };

    /// <summary>Tells whether the rows of a list may have an identifier in common.</summary>
    /// <param name="resultClass">The class of the rows.</param>
    public static bool NeedsPlace(string resultClass) => !OneRowEach.Contains(resultClass);

    /// <summary>The row's key, or null where it has no identifier.</summary>
    /// <param name="row">The row.</param>
    /// <param name="withPlace">True where zone and store belong to the key.</param>
    public static RowKey? Of(CloudObject row, bool withPlace)
    {
        if (FindId(row.GetJson()) is not { } field)
        {
            return null;
        }

        var place = withPlace ? $"{row.GetText("zoneid")} {row.GetText("datastoreid")}" : null;
        return field.ValueKind == JsonValueKind.String && field.TryGetGuid(out var id) ? new RowKey(id, place)
            : row.GetText("id") is { } text ? new RowKey(default, $"{text} {place}")
            : null;
    }

    // The identifier is one of the first members, and looking a member up by name begins at the end.
    private static JsonElement? FindId(JsonElement row)
    {
        foreach (var member in row.EnumerateObject())
        {
            if (member.NameEquals("id"u8))
            {
                return member.Value;
            }
        }

        return null;
    }
}
