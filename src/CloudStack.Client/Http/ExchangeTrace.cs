using System.Globalization;
using System.Text.Json;
using Cloud.Core.Security;
using CloudStack.Client.Answers;

namespace CloudStack.Client.Http;

/// <summary>
/// Tells whoever asked, on their own flow of control, of each request and its answer. Of an answer it tells the shape and an
/// error's text; values stay out, since an answer may hold secrets that no list of names knows.
/// </summary>
public static class ExchangeTrace
{
    private const int MostMembers = 10;

    private static readonly AsyncLocal<Action<string>?> Watcher = new();

    /// <summary>Asks to be told of what this flow of control sends from now on.</summary>
    /// <param name="tell">Takes one line without secrets; called from any thread.</param>
    public static void Watch(Action<string> tell) => Watcher.Value = tell;

    internal static void Sent(HttpRequestMessage request, ApiCall call, Uri endpoint, IReadOnlyList<string> secrets)
    {
        if (Watcher.Value is { } tell)
        {
            var arguments = call.Arguments.Parameters.Select(p =>
                $" {p.Name}={(Redaction.IsSecretName(p.Name) ? Redaction.Mask : SafeText.Of(p.Value, secrets))}");
            tell($"{request.Method} {endpoint.GetLeftPart(UriPartial.Path)} command={call.Spec.Name}{string.Concat(arguments)}");
        }
    }

    internal static void Received(RawAnswer? answer, Attempt attempt, TimeSpan elapsed)
    {
        if (Watcher.Value is { } tell)
        {
            var what = answer is null ? "no whole answer" : string.Create(
                CultureInfo.InvariantCulture, $"HTTP {answer.Status}, {answer.Body.Length} bytes");
            var result = attempt.Answer is { } read ? Shape(read.Envelope) : attempt.Error?.Message;
            tell(string.Create(CultureInfo.InvariantCulture, $"{what} after {elapsed.TotalMilliseconds:0} ms: {result}"));
        }
    }

    private static string Shape(JsonElement envelope)
    {
        var members = envelope.EnumerateObject().Take(MostMembers + 1).Select(member => member.Value.ValueKind switch
        {
            JsonValueKind.Array => $"{member.Name}[{member.Value.GetArrayLength()}]",
            JsonValueKind.Object => $"{member.Name}{{{member.Value.EnumerateObject().Count()}}}",
            _ => member.Name,
        }).ToList();
        return members.Count > MostMembers ? string.Join(", ", members[..MostMembers]) + ", …" : string.Join(", ", members);
    }
}
