using System.Collections;
using System.Security;

namespace CloudStack.PowerShell.Hosting.Calls;

/// <summary>A bound argument as a cmdlet's parameter takes it.</summary>
internal static class ParameterValue
{
    /// <summary>Converts a value to what a parameter of a type takes without loss; PowerShell does the rest.</summary>
    /// <param name="value">A value of a bound command.</param>
    /// <param name="type">The parameter's type.</param>
    /// <returns>The value, or null where the type can't say it.</returns>
    public static object? Of(object value, Type type) => value switch
    {
        string text when type == typeof(SecureString) => Secret(text),
        // A day stands for all of it, which a point in time can't say.
        string or DateTimeOffset when type == typeof(DateTime) => value is DateTimeOffset date ? date.UtcDateTime : null,
        // Cmdlets take nothing empty: at a prompt it's a variable that was never set.
        string { Length: 0 } or ICollection { Count: 0 } => null,
        long number when type == typeof(int) => number is >= int.MinValue and <= int.MaxValue ? (int)number : null,
        long number when type == typeof(short) => number is >= short.MinValue and <= short.MaxValue ? (short)number : null,
        _ => Raw(value),
    };

    /// <summary>Converts a value to PowerShell's own forms of lists and tables.</summary>
    /// <param name="value">A value of a bound command.</param>
    public static object Raw(object value) => value switch
    {
        IReadOnlyDictionary<string, string> map => Table(map),
        IReadOnlyList<IReadOnlyDictionary<string, string>> records => records.Select(Table).ToArray(),
        IReadOnlyList<string> texts => texts.ToArray(),
        _ => value,
    };

    private static Hashtable Table(IReadOnlyDictionary<string, string> map)
    {
        var table = new Hashtable(StringComparer.Ordinal);
        foreach (var (name, value) in map)
        {
            table[name] = value;
        }

        return table;
    }

    private static SecureString Secret(string text)
    {
        var secret = new SecureString();
        foreach (var letter in text)
        {
            secret.AppendChar(letter);
        }

        secret.MakeReadOnly();
        return secret;
    }
}
