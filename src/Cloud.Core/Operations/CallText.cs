using System.Text.Json;
using Cloud.Core.Security;

namespace Cloud.Core.Operations;

/// <summary>A call in one line, for those who asked for details: its arguments without secrets, and where it goes.</summary>
internal static class CallText
{
    private const int LongestValue = 100;

    public static string Of(BoundCommand command, Uri endpoint)
    {
        var arguments = Redaction.Arguments(command).Select(argument => $" {argument.Key}={Value(argument.Value)}");
        return $"{command.Spec.Name}{string.Concat(arguments)} to {endpoint.Host}";
    }

    private static string Value(object value)
    {
        var text = value is string plain ? plain : JsonSerializer.Serialize(value);
        var line = string.Concat(text.Take(LongestValue).Select(c => char.IsControl(c) ? ' ' : c));
        return text.Length > LongestValue ? line + "…" : line;
    }
}
