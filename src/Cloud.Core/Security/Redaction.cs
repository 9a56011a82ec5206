using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using Cloud.Core.Catalog;
using Cloud.Core.Operations;

namespace Cloud.Core.Security;

/// <summary>The one place that decides what is a secret and hides it, for errors, logs, audit and confirmations alike.</summary>
public static class Redaction
{
    /// <summary>What stands in a secret's place.</summary>
    public const string Mask = "***";

    private const int ShortestSecret = 3;

    private static readonly string[] SecretWords =
        ["password", "passwd", "secret", "privatekey", "apikey", "sessionkey", "signature", "token", "userdata", "credential", "passphrase", "codefor2fa"];

    /// <summary>Tells whether a parameter, field or header holds a secret, judged by its name.</summary>
    /// <param name="name">The name.</param>
    public static bool IsSecretName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var plain = name.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);
        return SecretWords.Any(word => plain.Contains(word, StringComparison.OrdinalIgnoreCase))
            && !IsReference(plain);
    }

    /// <summary>Hides secrets in a text that may hold them as they are, or as a URL, a form, JSON or a web page writes them.</summary>
    /// <param name="text">The text.</param>
    /// <param name="secrets">The secrets; those of one or two characters would blot out ordinary words and are left.</param>
    public static string Text(string text, IEnumerable<string> secrets)
    {
        ArgumentNullException.ThrowIfNull(text);
        foreach (var form in secrets.Where(secret => secret.Length >= ShortestSecret).SelectMany(Forms).Distinct().OrderByDescending(form => form.Length))
        {
            text = text.Replace(form, Mask, StringComparison.OrdinalIgnoreCase);
        }

        return text;
    }

    /// <summary>Copies bound arguments with every secret masked.</summary>
    /// <param name="command">The command.</param>
    /// <returns>The arguments by wire name.</returns>
    public static IReadOnlyDictionary<string, object> Arguments(BoundCommand command)
    {
        ArgumentNullException.ThrowIfNull(command);
        return command.Arguments.ToDictionary(
            argument => argument.Key,
            argument => command.Spec.FindParameter(argument.Key) is { } parameter && IsSecret(parameter)
                ? Mask
                : Value(argument.Value),
            StringComparer.Ordinal);
    }

    /// <summary>Tells whether a parameter holds a secret, by the catalog's mark or by its name.</summary>
    /// <param name="parameter">The parameter.</param>
    public static bool IsSecret(ParameterSpec parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        return parameter.Sensitive
            || (parameter.Type is ParameterType.String or ParameterType.Object && IsSecretName(parameter.Name));
    }

    private static object Value(object value) => value switch
    {
        IReadOnlyDictionary<string, string> map => Members(map),
        IReadOnlyList<IReadOnlyDictionary<string, string>> records => records.Select(Members).ToArray(),
        _ => value,
    };

    private static Dictionary<string, string> Members(IReadOnlyDictionary<string, string> map) =>
        map.ToDictionary(m => m.Key, m => IsSecretName(m.Key) ? Mask : m.Value, StringComparer.Ordinal);

    private static IEnumerable<string> Forms(string secret)
    {
        var inUrl = Uri.EscapeDataString(secret);
        yield return secret;
        yield return inUrl;
        yield return inUrl.Replace("%20", "+", StringComparison.Ordinal);
        // What a server's own encoder leaves or takes besides.
        yield return inUrl.Replace("~", "%7E", StringComparison.Ordinal).Replace("%2A", "*", StringComparison.Ordinal);
        yield return JsonEncodedText.Encode(secret).ToString();
        yield return JsonEncodedText.Encode(secret, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString();
        yield return WebUtility.HtmlEncode(secret);
    }

    // An identifier of a secret, a switch about one or its user name gives nothing away.
    private static bool IsReference(string name) =>
        name.EndsWith("id", StringComparison.OrdinalIgnoreCase)
        || name.EndsWith("ids", StringComparison.OrdinalIgnoreCase)
        || name.EndsWith("access", StringComparison.OrdinalIgnoreCase)
        || name.EndsWith("enabled", StringComparison.OrdinalIgnoreCase)
        || name.EndsWith("name", StringComparison.OrdinalIgnoreCase);
}
