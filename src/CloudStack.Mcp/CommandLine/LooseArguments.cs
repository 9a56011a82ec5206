using Cloud.Core.Errors;

namespace CloudStack.Mcp.CommandLine;

/// <summary>
/// Reads the parameters of a command that this program doesn't know in advance: <c>--name value</c>, <c>--name=value</c>,
/// <c>--flag</c> for true; a name given several times makes a list.
/// </summary>
internal static class LooseArguments
{
    /// <summary>Reads tokens.</summary>
    /// <param name="tokens">What follows the command's name, without the options of this program.</param>
    /// <returns>Text, a boolean, or a list of texts by name.</returns>
    /// <exception cref="CloudException">A value stands alone.</exception>
    public static Dictionary<string, object?> Read(IReadOnlyList<string> tokens)
    {
        var values = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < tokens.Count; i++)
        {
            if (!IsName(tokens[i]))
            {
                throw new CloudException(
                    ErrorCause.InvalidArgument,
                    $"'{tokens[i]}' stands alone.",
                    "Write --parameter value, or --parameter=value where the value begins with two hyphens.");
            }

            var name = tokens[i][2..];
            if (name.Split('=', 2) is [var before, var after])
            {
                Add(values, before, after);
            }
            else if (i + 1 < tokens.Count && !IsName(tokens[i + 1]))
            {
                Add(values, name, tokens[++i]);
            }
            else
            {
                Add(values, name, true);
            }
        }

        return values;
    }

    private static bool IsName(string token) =>
        token.Length > 2 && token.StartsWith("--", StringComparison.Ordinal) && char.IsLetter(token[2]);

    private static void Add(Dictionary<string, object?> values, string name, object value)
    {
        if (!values.TryGetValue(name, out var known))
        {
            values[name] = value;
        }
        else
        {
            values[name] = known is List<object> list ? [.. list, value] : new List<object> { known!, value };
        }
    }
}
