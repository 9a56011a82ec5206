using System.Collections.Concurrent;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Cloud.Core.Objects;

namespace CloudStack.PowerShell.Results;

/// <summary>The fields that a server sent and an object's model has no property for.</summary>
/// <remarks>
/// Every row of every list is looked at, so the usual case is made cheap: the rows of a list have nearly the same fields
/// in the same order, and comparing a name with the one expected next makes no text of it.
/// </remarks>
internal static class UnknownFields
{
    // How many fields a row may lack, one after the other, and still be compared in order.
    private const int MostLacking = 8;

    private static readonly ConcurrentDictionary<Type, Model> Models = new();

    /// <summary>Tells whether an object has any.</summary>
    /// <param name="result">The object.</param>
    public static bool Any(CloudObject result)
    {
        var model = Models.GetOrAdd(result.GetType(), type => new Model(type));
        var usual = model.Usual;
        var next = 0;
        var isUsual = true;
        foreach (var field in result.GetJson().EnumerateObject())
        {
            if (Find(usual, field, next) is var at and >= 0)
            {
                next = at + 1;
            }
            else if (model.IsUnknown(field))
            {
                return true;
            }
            else
            {
                isUsual = false;
            }
        }

        if (!isUsual)
        {
            model.Usual = [.. result.GetJson().EnumerateObject().Select(field => Encoding.UTF8.GetBytes(field.Name))];
        }

        return false;
    }

    /// <summary>Finds them.</summary>
    /// <param name="result">The object.</param>
    public static IEnumerable<JsonProperty> Of(CloudObject result)
    {
        var model = Models.GetOrAdd(result.GetType(), type => new Model(type));
        return result.GetJson().EnumerateObject().Where(model.IsUnknown);
    }

    private static int Find(byte[][] usual, JsonProperty field, int from)
    {
        var end = Math.Min(usual.Length, from + MostLacking);
        for (var at = from; at < end; at++)
        {
            if (field.NameEquals(usual[at]))
            {
                return at;
            }
        }

        return -1;
    }

    private sealed class Model(Type type)
    {
        private readonly HashSet<string> _properties = new(
            type.GetProperties(BindingFlags.Instance | BindingFlags.Public)
                .Where(property => property.DeclaringType != typeof(CloudObject))
                .Select(property => property.Name),
            StringComparer.OrdinalIgnoreCase);

        /// <summary>The fields of the last row that had others than the rows before, all of them known.</summary>
        public byte[][] Usual { get; set; } = [];

        public bool IsUnknown(JsonProperty field) =>
            field.Value.ValueKind != JsonValueKind.Null
            && !_properties.Contains(field.Name)
            && !_properties.Contains(field.Name.Replace("_", "", StringComparison.Ordinal));
    }
}
