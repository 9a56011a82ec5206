using System.Globalization;
using Cloud.Core.Catalog;

namespace CloudStack.Simulator.Protocol;

/// <summary>
/// Reads one parameter's text as its type (protocol note, section 6.1), the server's oddities included: a boolean is
/// false unless it says true, an empty number is absent but an empty long is an error.
/// </summary>
internal static class ArgumentReader
{
    /// <summary>Reads a parameter.</summary>
    /// <param name="command">The command's name for error texts.</param>
    /// <param name="parameter">The parameter.</param>
    /// <param name="raw">What came with the request.</param>
    /// <returns>The value, or null where it's absent or counts as absent.</returns>
    /// <exception cref="ApiError">It is missing or can't be read.</exception>
    public static object? Read(string command, ParameterSpec parameter, RawArguments raw)
    {
        var name = RawArguments.Lower(parameter.Name);
        if (parameter.Type == ParameterType.Map)
        {
            return raw.Parts(name) ?? (parameter.Required ? throw ApiError.Missing(command, parameter.Name) : null);
        }

        var text = raw.Text(name);
        if (parameter.Required && string.IsNullOrEmpty(text))
        {
            throw ApiError.Missing(command, parameter.Name);
        }

        if (text is null)
        {
            return null;
        }

        return parameter.Type switch
        {
            ParameterType.Boolean => text.Equals("true", StringComparison.OrdinalIgnoreCase),
            ParameterType.Integer => Number(command, parameter, text, int.MinValue, int.MaxValue),
            ParameterType.Short => text.Length == 0
                ? throw ApiError.BadValue(command, parameter.Name, text)
                : Number(command, parameter, text, short.MinValue, short.MaxValue),
            ParameterType.Long => text.Length == 0
                ? throw ApiError.BadValue(command, parameter.Name, text)
                : Number(command, parameter, text, long.MinValue, long.MaxValue),
            ParameterType.Double => Fraction(command, parameter, text),
            ParameterType.Date => Date(command, name, text),
            ParameterType.Uuid => Uuid(command, parameter, text),
            ParameterType.List => Items(command, parameter, text),
            _ => Text(command, parameter, text),
        };
    }

    /// <summary>An identifier in UUID form, <c>-1</c>, or null where the server drops a malformed one silently.</summary>
    private static string? Uuid(string command, ParameterSpec parameter, string text)
    {
        if (text == "-1")
        {
            return text;
        }

        if (Guid.TryParseExact(text, "D", out var id))
        {
            return id.ToString();
        }

        return parameter.Since is null || parameter.Required
            ? throw ApiError.NoEntity(command, parameter.Name, text)
            : null;
    }

    private static long? Number(string command, ParameterSpec parameter, string text, long least, long most)
    {
        if (text.Length == 0)
        {
            return null;
        }

        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            || number < least || number > most || (parameter.Positive && number < 1))
        {
            throw ApiError.BadValue(command, parameter.Name, text);
        }

        return number;
    }

    private static double? Fraction(string command, ParameterSpec parameter, string text)
    {
        if (text.Length == 0)
        {
            return null;
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw ApiError.BadValue(command, parameter.Name, text);
    }

    private static DateTimeOffset Date(string command, string name, string text)
    {
        if (!ServerDate.TryParseParameter(text, out var date, out var isWholeDay))
        {
            throw new ApiError(
                ApiError.Parameter,
                $"Unable to parse date {text} for command {command}, please pass dates in the format mentioned in the api documentation");
        }

        // A day alone is stretched to its end where it ends a range.
        return isWholeDay && name == "enddate" ? date.AddDays(1).AddSeconds(-1) : date;
    }

    private static string[] Items(string command, ParameterSpec parameter, string text)
    {
        var items = text.Split(',', StringSplitOptions.RemoveEmptyEntries);
        if (parameter.ItemType != ParameterType.Uuid)
        {
            return items;
        }

        for (var i = 0; i < items.Length; i++)
        {
            if (!Guid.TryParseExact(items[i], "D", out var id))
            {
                throw ApiError.NoEntity(command, parameter.Name, items[i]);
            }

            items[i] = id.ToString();
        }

        return items;
    }

    private static string Text(string command, ParameterSpec parameter, string text)
    {
        if (text.Length > parameter.MaxLength)
        {
            throw new ApiError(
                ApiError.Parameter,
                $"Value greater than max allowed length {parameter.MaxLength} for param: {parameter.Name}");
        }

        if (parameter.Values.Count > 0 && text.Length > 0 && !parameter.Values.Contains(text, StringComparer.OrdinalIgnoreCase))
        {
            throw ApiError.BadValue(command, parameter.Name, text);
        }

        return text;
    }
}
