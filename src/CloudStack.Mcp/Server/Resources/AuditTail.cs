using System.Text;
using System.Text.Json;
using Cloud.Core.Errors;
using CloudStack.Mcp.Server.Results;
using CloudStack.Mcp.Server.Tools;

namespace CloudStack.Mcp.Server.Resources;

/// <summary>
/// The latest lines of the audit trail. Whoever runs the server for themselves sees all of them; a caller who had to prove
/// who they are sees their own.
/// </summary>
/// <param name="path">The trail's file, or null where there is none.</param>
internal sealed class AuditTail(string? path)
{
    /// <summary>What it's called in addresses.</summary>
    public const string Kind = "audit";

    /// <summary>The most lines.</summary>
    public const int MostLines = 200;

    // Callers who proved nothing carry their client's name behind this.
    private const string Unproven = "mcp:";
    private const int LongestRead = 1 << 20;
    private const int Frame = 200;

    /// <summary>Reads the latest lines, the newest first, as many as the token budget allows.</summary>
    /// <param name="caller">Who reads.</param>
    /// <exception cref="CloudException">The file can't be read.</exception>
    public ToolAnswer Read(IToolCaller caller)
    {
        var lines = new List<ReadOnlyMemory<byte>>();
        var left = TokenEstimate.AnswerBudget - Frame;
        foreach (var line in Lines().Where(line => IsShown(line, caller)).Take(MostLines))
        {
            var row = AnswerBuffer.Measure(w => Copy(w, line));
            left -= TokenEstimate.OfData(row.Span) + 1;
            if (left < 0)
            {
                break;
            }

            lines.Add(row);
        }

        return AnswerBuffer.Write(w =>
        {
            w.WriteNumber("count", lines.Count);
            w.WriteString("order", "newest first");
            w.WriteStartArray("lines");
            foreach (var line in lines)
            {
                w.WriteRawValue(line.Span, skipInputValidation: true);
            }

            w.WriteEndArray();
        });
    }

    private static bool IsShown(JsonElement line, IToolCaller caller) =>
        caller.Name.StartsWith(Unproven, StringComparison.Ordinal)
        || (line.TryGetProperty("caller", out var by) && by.ValueKind == JsonValueKind.String && by.ValueEquals(caller.Name));

    // Names and errors in it came from the cloud.
    private static void Copy(Utf8JsonWriter w, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                w.WriteStartObject();
                foreach (var member in value.EnumerateObject().Where(m => m.Name is not ("hash" or "previous")))
                {
                    w.WritePropertyName(CleanText.Line(member.Name, 100));
                    Copy(w, member.Value);
                }

                w.WriteEndObject();
                break;
            case JsonValueKind.Array:
                w.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                {
                    Copy(w, item);
                }

                w.WriteEndArray();
                break;
            case JsonValueKind.String:
                w.WriteStringValue(CleanText.Line(value.GetString()!, 400));
                break;
            default:
                value.WriteTo(w);
                break;
        }
    }

    private IEnumerable<JsonElement> Lines()
    {
        foreach (var line in Encoding.UTF8.GetString(End()).Split('\n').Reverse())
        {
            JsonElement json;
            try
            {
                json = JsonElement.Parse(line);
            }
            catch (JsonException)
            {
                // The first line of what was read may be cut, and the last may just be written.
                continue;
            }

            if (json.ValueKind == JsonValueKind.Object)
            {
                yield return json;
            }
        }
    }

    private byte[] End()
    {
        if (path is null || !File.Exists(path))
        {
            return [];
        }

        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            file.Seek(-Math.Min(file.Length, LongestRead), SeekOrigin.End);
            var bytes = new byte[Math.Min(file.Length, LongestRead)];
            return bytes[..file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CloudException(ErrorCause.Local, "The audit trail can't be read now.", "Try again; the operator finds its file in the server's settings.", error);
        }
    }
}
