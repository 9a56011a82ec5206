using System.Text;
using System.Text.Json;
using Cloud.Core.Errors;
using CloudStack.Client.Http;

namespace CloudStack.Client.Answers;

/// <summary>Judges an HTTP answer: an envelope with a result, an envelope with an error, or no answer of this API at all.</summary>
internal static class AnswerReader
{
    // Much more than is shown, so that no secret is cut in two before it's hidden.
    private const int MostText = 64 * 1024;

    /// <summary>Reads an answer.</summary>
    /// <param name="raw">The HTTP answer.</param>
    /// <param name="call">The call it answers.</param>
    /// <param name="secrets">Texts that no message may show.</param>
    public static Attempt Read(RawAnswer raw, ApiCall call, IReadOnlyList<string> secrets)
    {
        if (raw.Status is >= 300 and < 400)
        {
            return Redirected(raw, call.Spec.Name);
        }

        if (!AnswerJson.TryParse(raw.Body, out var document, out var badByte))
        {
            return ForeignAnswer.Judge(raw, call.Spec.Name, Describe(raw, badByte), TextOf(raw, secrets));
        }

        if (!TryOpen(document.RootElement, out var envelope))
        {
            return ForeignAnswer.Judge(raw, call.Spec.Name, "JSON that isn't an answer of this API", TextOf(raw, secrets));
        }

        if (ServerError.TryRead(envelope, out var error))
        {
            // The body's own code is the API's; the status of a proxy in between may differ.
            return ServerErrors.Explain(error, raw, call, secrets);
        }

        return raw.Status is >= 200 and < 300
            ? Attempt.Success(new Answer(envelope, document, raw))
            : ForeignAnswer.Judge(raw, call.Spec.Name, "JSON that isn't an answer of this API", TextOf(raw, secrets));
    }

    // The root's name doesn't follow a rule, so the only member is taken whatever it's called.
    private static bool TryOpen(JsonElement root, out JsonElement envelope)
    {
        envelope = default;
        if (root.ValueKind != JsonValueKind.Object)
        {
            return false;
        }

        var count = 0;
        foreach (var member in root.EnumerateObject())
        {
            envelope = member.Value;
            count++;
        }

        return count == 1 && envelope.ValueKind == JsonValueKind.Object;
    }

    private static string Describe(RawAnswer raw, long badByte)
    {
        var text = raw.Body.Span.TrimStart(" \t\r\n"u8);
        return text.IsEmpty ? "nothing"
            : text[0] == '<' ? "a web page or XML"
            : text[0] is (byte)'{' or (byte)'[' ? $"JSON that is broken at byte {badByte}"
            : "text that isn't JSON";
    }

    private static string? TextOf(RawAnswer raw, IReadOnlyList<string> secrets)
    {
        var body = raw.Body.Span;
        return body.IsEmpty || body.TrimStart(" \t\r\n"u8) is not [var first, ..] || first is (byte)'<' or (byte)'{' or (byte)'['
            ? null
            : SafeText.Of(Encoding.UTF8.GetString(body[..Math.Min(body.Length, MostText)]), secrets);
    }

    private static Attempt Redirected(RawAnswer raw, string command) => Attempt.Failure(
        Delivery.Answered,
        new CloudException(
            ErrorCause.BadAnswer,
            $"The server redirects to {(raw.Location is { } target ? target.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped) : "another address")}; redirects aren't followed.",
            "If that address is right, connect to it directly.")
        {
            Command = command,
            HttpStatus = raw.Status,
        },
        isTransient: false);
}
