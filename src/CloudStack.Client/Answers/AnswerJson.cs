using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Unicode;

namespace CloudStack.Client.Answers;

/// <summary>Parses an answer's JSON over the received bytes, without a copy unless it needs repair.</summary>
internal static class AnswerJson
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Parses a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="document">The document, if true is returned.</param>
    /// <param name="badByte">The position of the first byte that isn't JSON, if false is returned.</param>
    /// <returns>True where the body is JSON, if need be after a repair.</returns>
    public static bool TryParse(ReadOnlyMemory<byte> body, [NotNullWhen(true)] out JsonDocument? document, out long badByte)
    {
        var skipped = body.Span.StartsWith(ByteOrderMark) ? ByteOrderMark.Length : 0;
        var text = body[skipped..];
        if (!Utf8.IsValid(text.Span))
        {
            document = null;
            badByte = skipped + FirstInvalidUtf8(text.Span);
            return false;
        }

        // Half a surrogate pair parses, but then can't be read as text.
        if (!JsonRepair.HasSurrogateEscape(text.Span) && TryParseExact(text, out document, out badByte))
        {
            return true;
        }

        var repaired = JsonRepair.Repair(text.Span);
        if (TryParseExact(repaired, out document, out _))
        {
            badByte = -1;
            return true;
        }

        badByte = TryParseExact(text, out _, out var at) ? skipped : skipped + at;
        return false;
    }

    private static bool TryParseExact(ReadOnlyMemory<byte> text, [NotNullWhen(true)] out JsonDocument? document, out long badByte)
    {
        try
        {
            document = JsonDocument.Parse(text);
            badByte = -1;
            return true;
        }
        catch (JsonException e)
        {
            document = null;
            badByte = Position(text.Span, e);
            return false;
        }
    }

    private static long Position(ReadOnlySpan<byte> text, JsonException e)
    {
        var at = 0;
        for (var line = e.LineNumber ?? 0; line > 0; line--)
        {
            at += text[at..].IndexOf((byte)'\n') + 1;
        }

        return at + (e.BytePositionInLine ?? 0);
    }

    private static int FirstInvalidUtf8(ReadOnlySpan<byte> text)
    {
        var at = 0;
        while (at < text.Length && System.Text.Rune.DecodeFromUtf8(text[at..], out _, out var consumed) == System.Buffers.OperationStatus.Done)
        {
            at += consumed;
        }

        return at;
    }
}
