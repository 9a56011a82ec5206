using System.Collections;
using System.Globalization;
using Cloud.Core.Catalog;

namespace CloudStack.Simulator.Store;

/// <summary>
/// Brings values into the form a field's type has on the wire: text, <see cref="bool"/>, <see cref="long"/>,
/// <see cref="double"/>, <see cref="DateTimeOffset"/>, entities, lists of texts or entities, or named texts.
/// </summary>
internal static class FieldValue
{
    private static readonly object True = true;
    private static readonly object False = false;

    /// <summary>Converts a value for a field.</summary>
    /// <returns>The value as the field holds it, or null where it can't be one of that type.</returns>
    public static object? For(FieldSpec field, object? value) => value switch
    {
        null => null,
        FieldSource or RawJson => value,
        _ => field.Type switch
        {
            FieldType.String => TextOf(value),
            FieldType.Integer => IntegerOf(value),
            FieldType.Number => NumberOf(value),
            FieldType.Boolean => BooleanOf(value),
            FieldType.Date => DateOf(value),
            FieldType.List => ListOf(field, value),
            FieldType.Map => value as IReadOnlyDictionary<string, string>,
            FieldType.Object => value as Entity,
            _ => value is Entity or IEnumerable ? value : TextOf(value),
        },
    };

    public static string? TextOf(object? value) => value switch
    {
        null => null,
        string text => text,
        bool flag => flag ? "true" : "false",
        DateTimeOffset date => Cloud.Core.Objects.WireDate.Format(date),
        FieldSource source => TextOf(source.Read()),
        IEnumerable<string> texts => string.Join(',', texts),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => null,
    };

    private static object? IntegerOf(object value) => value switch
    {
        long => value,
        int n => (long)n,
        bool => null,
        double d => (long)d,
        string s when long.TryParse(s, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n) => n,
        _ => null,
    };

    private static object? NumberOf(object value) => value switch
    {
        double => value,
        long n => (double)n,
        int n => (double)n,
        string s when double.TryParse(s, NumberStyles.Float, CultureInfo.InvariantCulture, out var d) => d,
        _ => null,
    };

    private static object? BooleanOf(object value) => value switch
    {
        bool flag => flag ? True : False,
        string s when bool.TryParse(s, out var flag) => flag ? True : False,
        _ => null,
    };

    private static object? DateOf(object value) => value switch
    {
        DateTimeOffset => value,
        string s when Cloud.Core.Objects.WireDate.TryParse(s, out var date) => date,
        _ => null,
    };

    private static object? ListOf(FieldSpec field, object value)
    {
        // An array of objects can't be made from plain texts; an array of plain values can't hold objects.
        if (field.Of is not null)
        {
            return value switch { List<Entity> => value, IEnumerable<Entity> items => items.ToList(), _ => null };
        }

        return value switch
        {
            IReadOnlyList<string> => value,
            string { Length: > 0 } text => text.Split(','),
            _ => null,
        };
    }
}

/// <summary>A value that is read from somewhere else each time it is needed.</summary>
internal abstract class FieldSource
{
    public abstract object? Read();
}

/// <summary>JSON that is answered as it stands.</summary>
internal sealed record RawJson(ReadOnlyMemory<byte> Utf8);
