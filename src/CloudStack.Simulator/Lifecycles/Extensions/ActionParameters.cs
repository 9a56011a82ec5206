using System.Globalization;
using System.Net.Mail;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Extensions;

/// <summary>The parameters that a custom action takes, and whether values fit them.</summary>
internal static class ActionParameters
{
    private static readonly string[] Types = ["STRING", "NUMBER", "BOOLEAN", "DATE"];

    /// <summary>Reads the parameters that an action is defined with.</summary>
    /// <exception cref="ApiError">One has no name, a name twice, or an unknown type or format.</exception>
    public static List<Entity> Read(CommandCall call)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var parameters = new List<Entity>();
        foreach (var record in call.Records("parameters"))
        {
            if (record.GetValueOrDefault("name") is not { Length: > 0 } name || !names.Add(name))
            {
                throw ApiError.Refused("Each parameter of an action needs a name of its own.");
            }

            parameters.Add(Read(call, name, record));
        }

        return parameters;
    }

    /// <summary>Refuses values that don't fit; what no parameter is named like is left aside, as by the server.</summary>
    /// <exception cref="ApiError">A required value is missing, or one is malformed or none of the choices.</exception>
    public static void Demand(IReadOnlyList<Entity> parameters, IReadOnlyDictionary<string, string> values)
    {
        foreach (var parameter in parameters)
        {
            if (values.GetValueOrDefault(parameter.Name!) is not { } value || string.IsNullOrWhiteSpace(value))
            {
                if (parameter.Flag("required"))
                {
                    throw ApiError.Refused($"The parameter {parameter.Name} of the action is required.");
                }

                continue;
            }

            if (!Fits(parameter, value))
            {
                throw ApiError.Refused($"The value of the parameter {parameter.Name} isn't a valid {parameter.Text("type")}.");
            }

            if (parameter["valueoptions"] is IReadOnlyList<string> options && !options.Contains(value))
            {
                throw ApiError.Refused($"The value of the parameter {parameter.Name} is none of its options: {string.Join(", ", options)}.");
            }
        }
    }

    private static Entity Read(CommandCall call, string name, IReadOnlyDictionary<string, string> record)
    {
        var type = Known("type", record.GetValueOrDefault("type") ?? Types[0], Types);
        string[] formats = type switch
        {
            "STRING" => ["NONE", "UUID", "EMAIL", "PASSWORD", "URL"],
            "NUMBER" => ["NONE", "DECIMAL"],
            _ => ["NONE"],
        };
        var parameter = call.New("ExtensionCustomActionParameterResponse");
        parameter["name"] = name;
        parameter["type"] = type;
        parameter["validationformat"] = Known("validationformat", record.GetValueOrDefault("validationformat") ?? formats[0], formats);
        parameter["required"] = string.Equals(record.GetValueOrDefault("required"), "true", StringComparison.OrdinalIgnoreCase);
        if (record.GetValueOrDefault("valueoptions") is not { Length: > 0 } options)
        {
            return parameter;
        }

        var choices = options.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (type is not ("STRING" or "NUMBER"))
        {
            throw ApiError.Refused($"The parameter {name} can't have value options: it's a {type}.");
        }

        parameter["valueoptions"] = Array.TrueForAll(choices, choice => Fits(parameter, choice))
            ? choices
            : throw ApiError.Refused($"A value option of the parameter {name} isn't a valid {type}.");
        return parameter;
    }

    private static bool Fits(Entity parameter, string value) => (parameter.Text("type"), parameter.Text("validationformat")) switch
    {
        ("NUMBER", "DECIMAL") => decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _),
        ("NUMBER", _) => long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
        ("BOOLEAN", _) => bool.TryParse(value, out _),
        ("DATE", _) => DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, out _),
        (_, "UUID") => Guid.TryParseExact(value, "D", out _),
        (_, "EMAIL") => MailAddress.TryCreate(value, out _),
        (_, "URL") => Uri.TryCreate(value, UriKind.Absolute, out _),
        _ => true,
    };

    private static string Known(string what, string text, string[] values) =>
        Array.Find(values, value => value.Equals(text, StringComparison.OrdinalIgnoreCase))
        ?? throw ApiError.Refused($"Invalid {what} {text} of an action's parameter: there are {string.Join(", ", values)}.");
}
