using System.Globalization;
using Cloud.Core.Catalog;
using Cloud.Core.Errors;
using Cloud.Core.Objects;
using Cloud.Core.Operations;
using Cloud.Core.Security;

namespace CloudStack.Client.Wire;

/// <summary>Turns bound arguments into names and values for the wire (protocol note, section 6).</summary>
internal sealed class ArgumentEncoder
{
    // The request's own parameters: an argument of the same name would replace one of them.
    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "command", "response", "apikey", "signature", "signatureversion", "expires", "sessionkey", "customjobid",
    };

    private readonly List<WireParameter> _parameters = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly List<string> _secrets = [];
    private readonly List<string> _problems = [];

    private ArgumentEncoder()
    {
    }

    /// <summary>Encodes a command's arguments.</summary>
    /// <exception cref="CloudException">A value can't be sent; every problem is listed.</exception>
    public static WireArguments Encode(BoundCommand command)
    {
        var encoder = new ArgumentEncoder();
        foreach (var (name, value) in command.Arguments)
        {
            encoder.Encode(name, value, command.Spec.FindParameter(name));
        }

        if (encoder._problems.Count == 0)
        {
            return new WireArguments(encoder._parameters, encoder._secrets);
        }

        throw new CloudException(
            ErrorCause.InvalidArgument,
            $"{command.Spec.Name} can't be sent: {string.Join(" ", encoder._problems)}",
            "Correct the arguments; nothing was sent.")
        {
            Command = command.Spec.Name,
            Problems = encoder._problems,
        };
    }

    private void Encode(string argument, object value, ParameterSpec? spec)
    {
        var name = LowerName(spec?.Name ?? argument);
        if (Reserved.Contains(name))
        {
            _problems.Add($"{name} belongs to the request itself and can't be an argument.");
            return;
        }

        var secret = spec is null ? Redaction.IsSecretName(name) : Redaction.IsSecret(spec);
        switch (value)
        {
            case string text:
                Add(name, text, secret);
                break;
            case bool flag:
                Add(name, flag ? "true" : "false", secret);
                break;
            case double number when double.IsFinite(number):
                Add(name, number.ToString("R", CultureInfo.InvariantCulture), secret);
                break;
            case long or int or short or decimal:
                Add(name, ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture), secret);
                break;
            case DateTimeOffset date:
                Add(name, WireDate.Format(date), secret);
                break;
            case IReadOnlyList<string> items:
                AddList(name, items, secret);
                break;
            case IReadOnlyDictionary<string, string> map:
                AddMap(name, map, spec?.Map, secret);
                break;
            case IReadOnlyList<IReadOnlyDictionary<string, string>> records:
                AddRecords(name, records, secret);
                break;
            default:
                _problems.Add($"{name} has a value of a kind that can't be sent.");
                break;
        }
    }

    private void AddList(string name, IReadOnlyList<string> items, bool secret)
    {
        foreach (var item in items)
        {
            if (item.Contains(',', StringComparison.Ordinal))
            {
                _problems.Add($"An item of {name} contains a comma, which the API can't carry in a list.");
            }
            else if (item.Length == 0)
            {
                _problems.Add($"An item of {name} is empty; the server would drop it.");
            }
        }

        Add(name, string.Join(',', items), secret);
    }

    private void AddMap(string name, IReadOnlyDictionary<string, string> map, MapSpec? layout, bool secret)
    {
        var index = 0;
        foreach (var (key, value) in map)
        {
            var hidden = secret || Redaction.IsSecretName(key);
            if (layout is { Style: MapStyle.Pairs, Keys: [var keyField, var valueField, ..] })
            {
                Add($"{name}[{index}].{keyField}", key, secret: false);
                Add($"{name}[{index}].{valueField}", value, hidden);
                index++;
            }
            else if (layout?.Style == MapStyle.Records)
            {
                // A single record may be given without the list around it.
                AddField(name, 0, key, value, hidden);
            }
            else
            {
                // One index serves both flat styles: the server merges the indexes of one and reads only the first of the other.
                AddField(name, 0, key, value, hidden);
            }
        }
    }

    private void AddRecords(string name, IReadOnlyList<IReadOnlyDictionary<string, string>> records, bool secret)
    {
        for (var i = 0; i < records.Count; i++)
        {
            foreach (var (field, value) in records[i])
            {
                AddField(name, i, field, value, secret || Redaction.IsSecretName(field));
            }
        }
    }

    private void AddField(string name, int index, string field, string value, bool secret)
    {
        if (field.Length == 0 || field.AsSpan().ContainsAny('[', ']') || WireText.Problem(field, allowLineEnds: false) is not null)
        {
            _problems.Add($"{name} has a key that the API can't carry: keys need at least one character and no brackets or control characters.");
            return;
        }

        if (field.AsSpan().ContainsAny('\u0130', '\u03A3'))
        {
            // Their lower case differs between platforms, so the signature would be refused.
            _problems.Add($"{name} has a key with a letter (İ or Σ) whose lower case isn't the same everywhere, so it can't be signed.");
            return;
        }

        Add($"{name}[{index}].{field}", value, secret);
    }

    private void Add(string name, string value, bool secret)
    {
        if (WireText.Problem(value, allowLineEnds: true) is { } problem && name != "activationrule")
        {
            _problems.Add($"{name} {problem}");
        }
        else if (!_names.Add(name))
        {
            _problems.Add($"{name} is given twice.");
        }
        else
        {
            _parameters.Add(new WireParameter(name, value));
            if (secret && value.Length > 0)
            {
                _secrets.Add(value);
            }
        }
    }

    // The field after a bracket keeps its case: the server passes it on as it is.
    private static string LowerName(string name)
    {
        var bracket = name.IndexOf('[', StringComparison.Ordinal);
        return bracket < 0 ? name.ToLowerInvariant() : name[..bracket].ToLowerInvariant() + name[bracket..];
    }
}
