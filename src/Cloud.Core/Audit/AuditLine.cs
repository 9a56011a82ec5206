using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Cloud.Core.Operations;

namespace Cloud.Core.Audit;

/// <summary>
/// The form of one audit line: a JSON object whose last two members are the hash of the line before and its own hash,
/// SHA-256 over everything before the <c>hash</c> member.
/// </summary>
internal static class AuditLine
{
    /// <summary>What the first line of a file names as the line before it.</summary>
    public const string Origin = "0000000000000000000000000000000000000000000000000000000000000000";

    private const string HashMember = ",\"hash\":\"";
    private const int HashLength = 64;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.Default };

    /// <summary>Writes a line.</summary>
    /// <returns>The line and its own hash, which the next one names.</returns>
    public static (string Line, string Hash) Write(AuditRecord record, long sequence, string previous)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var w = new Utf8JsonWriter(buffer, Options))
        {
            w.WriteStartObject();
            w.WriteNumber("seq", sequence);
            w.WriteString("time", record.Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            w.WriteString("phase", record.Phase == AuditPhase.Begin ? "begin" : "end");
            w.WriteString("operation", record.Operation);
            w.WriteString("caller", record.Caller);
            w.WriteString("profile", record.Profile);
            w.WriteString("server", record.Server);
            w.WriteString("command", record.Command);
            w.WriteString("effect", record.Effect.ToString().ToLowerInvariant());
            w.WritePropertyName("arguments");
            CanonicalArguments.Write(w, record.Arguments);
            w.WriteString("digest", CanonicalArguments.Digest(record.Command, record.Arguments));
            w.WriteString("confirmation", record.Confirmation);
            Optional(w, "job", record.Job);
            Optional(w, "outcome", record.Outcome);
            Optional(w, "cause", record.Cause);
            Optional(w, "error", record.Error);
            if (record.DurationMs is { } duration)
            {
                w.WriteNumber("durationMs", Math.Round(duration, 3));
            }

            w.WriteString("prev", previous);
            w.WriteEndObject();
        }

        var body = Encoding.UTF8.GetString(buffer.WrittenSpan[..^1]);
        var hash = Hash(body);
        return ($"{body}{HashMember}{hash}\"}}", hash);
    }

    /// <summary>Checks a line against its own hash and reads what links it to its neighbours.</summary>
    /// <returns>The problem, or null where the line is whole.</returns>
    public static string? Check(string line, out long sequence, out string previous, out string hash)
    {
        (sequence, previous, hash) = (0, "", "");
        var at = line.LastIndexOf(HashMember, StringComparison.Ordinal);
        if (at < 0 || line.Length != at + HashMember.Length + HashLength + 2)
        {
            return "it isn't a whole audit line";
        }

        hash = line.Substring(at + HashMember.Length, HashLength);
        if (Hash(line[..at]) != hash)
        {
            return "its content doesn't match its hash";
        }

        try
        {
            using var document = JsonDocument.Parse(line);
            sequence = document.RootElement.GetProperty("seq").GetInt64();
            previous = document.RootElement.GetProperty("prev").GetString() ?? "";
            return null;
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return "it isn't a whole audit line";
        }
    }

    private static string Hash(string body) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(body))).ToLowerInvariant();

    private static void Optional(Utf8JsonWriter w, string name, string? value)
    {
        if (value is not null)
        {
            w.WriteString(name, value);
        }
    }
}
