using System.Collections.Concurrent;
using System.Management.Automation;
using System.Reflection;
using System.Text.Json;
using Cloud.Core.Objects;

namespace CloudStack.PowerShell.Results;

/// <summary>A result as PowerShell shows it: the model's own properties, and a note for each field that the model doesn't know.</summary>
internal static class ShownObject
{
    private static readonly ConcurrentDictionary<Type, IReadOnlySet<string>> KnownFields = new();

    /// <summary>Prepares a result.</summary>
    /// <param name="result">The result.</param>
    /// <param name="origin">The connection to note on it, or null.</param>
    public static PSObject Of(CloudObject result, string? origin)
    {
        var shown = new PSObject(result);
        foreach (var field in UnknownFields(result))
        {
            // A hostile answer may name a field twice; the first counts.
            if (shown.Properties[field.Name] is null)
            {
                shown.Properties.Add(new PSNoteProperty(field.Name, FieldValue.Of(field.Value)));
            }
        }

        if (origin is not null)
        {
            shown.Properties.Add(new PSNoteProperty("Connection", origin));
        }

        return shown;
    }

    /// <summary>Finds the fields that the server sent and the object's model has no property for.</summary>
    /// <param name="result">The result.</param>
    public static IEnumerable<JsonProperty> UnknownFields(CloudObject result)
    {
        var known = KnownFields.GetOrAdd(result.GetType(), Properties);
        foreach (var field in result.GetJson().EnumerateObject())
        {
            if (!known.Contains(field.Name) && !known.Contains(field.Name.Replace("_", "", StringComparison.Ordinal))
                && field.Value.ValueKind != JsonValueKind.Null)
            {
                yield return field;
            }
        }
    }

    private static HashSet<string> Properties(Type model) => new(
        model.GetProperties(BindingFlags.Instance | BindingFlags.Public).Select(property => property.Name),
        StringComparer.OrdinalIgnoreCase);
}
