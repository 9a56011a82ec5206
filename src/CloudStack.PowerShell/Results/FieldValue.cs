using System.Text.Json;

namespace CloudStack.PowerShell.Results;

/// <summary>JSON as the values PowerShell works with.</summary>
internal static class FieldValue
{
    /// <summary>Converts a value; objects become dictionaries that keep their order, arrays become arrays.</summary>
    /// <param name="json">The value.</param>
    public static object? Of(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => json.GetString(),
        JsonValueKind.Number => json.TryGetInt64(out var whole) ? (object)whole : json.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Array => json.EnumerateArray().Select(Of).ToArray(),
        JsonValueKind.Object => Members(json),
        _ => null,
    };

    private static System.Collections.Specialized.OrderedDictionary Members(JsonElement json)
    {
        var members = new System.Collections.Specialized.OrderedDictionary(StringComparer.OrdinalIgnoreCase);
        foreach (var member in json.EnumerateObject())
        {
            members[member.Name] = Of(member.Value);
        }

        return members;
    }
}
