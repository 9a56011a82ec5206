using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Jobs;

namespace CloudStack.Simulator.State;

/// <summary>
/// The lines of a state file: JSON, behind a hash over the line before's hash and the line itself. So a line that was
/// changed, taken out or moved is found.
/// </summary>
internal static class StateLine
{
    private const string Format = "cloudstack-simulator-state";
    private const int FormatVersion = 1;
    private const int HashLength = 16;

    /// <summary>What stands in for a hash before the first line.</summary>
    public static string NoHash { get; } = new('0', HashLength);

    /// <summary>Puts the hash before a line's JSON and the line end behind it.</summary>
    public static (string Hash, byte[] Line) Seal(string hashBefore, ReadOnlySpan<byte> json)
    {
        var hash = HashOf(hashBefore, json);
        return (hash, [.. Encoding.ASCII.GetBytes(hash), (byte)' ', .. json, (byte)'\n']);
    }

    /// <summary>Checks a line, without its end, and gives its JSON.</summary>
    /// <exception cref="FormatException">The line isn't what was written.</exception>
    public static (string Hash, ReadOnlyMemory<byte> Json) Open(string hashBefore, ReadOnlyMemory<byte> line)
    {
        if (line.Length <= HashLength || line.Span[HashLength] != ' ')
        {
            throw new FormatException("it doesn't begin with a hash");
        }

        var json = line[(HashLength + 1)..];
        var hash = HashOf(hashBefore, json.Span);
        return Encoding.ASCII.GetString(line.Span[..HashLength]) == hash
            ? (hash, json)
            : throw new FormatException("its hash doesn't fit: this line or the one before was changed");
    }

    public static byte[] Write(StateHeader header) => Write(writer =>
    {
        writer.WriteString("format", Format);
        writer.WriteNumber("version", FormatVersion);
        writer.WriteNumber("started", header.Started.UtcTicks);
        writer.WriteNumber("machines", header.MachineCount);
        writer.WriteNumber("seed", header.Seed);
        writer.WriteNumber("download", header.DownloadTime.Ticks);
        writer.WriteString("server", header.ServerVersion);
        if (header.Kept > 0)
        {
            writer.WriteNumber("kept", header.Kept);
        }
    });

    /// <exception cref="FormatException">The JSON is no header of this version.</exception>
    public static StateHeader ReadHeader(ReadOnlyMemory<byte> json) => Read(json, root =>
        root.GetProperty("format").GetString() == Format && root.GetProperty("version").GetInt32() == FormatVersion
            ? new StateHeader(
                Time(root.GetProperty("started")),
                root.GetProperty("machines").GetInt32(),
                root.GetProperty("seed").GetInt32(),
                TimeSpan.FromTicks(root.GetProperty("download").GetInt64()),
                root.GetProperty("server").GetString()!)
            {
                Kept = root.TryGetProperty("kept", out var kept) ? kept.GetInt32() : 0,
            }
            : throw new FormatException("it isn't the beginning of a simulator's state file of version 1"));

    public static byte[] Write(Change change) => Write(writer =>
    {
        writer.WriteNumber("n", change.Number);
        writer.WriteNumber("at", change.Time.UtcTicks);
        if (change.Order is { } order)
        {
            writer.WriteNumber("order", order);
        }

        writer.WriteString("do", change.Command);
        if (change.UserId is not null)
        {
            writer.WriteString("by", change.UserId);
        }

        writer.WriteStartObject("with");
        foreach (var (name, value) in change.Parameters)
        {
            writer.WriteString(name, value);
        }

        writer.WriteEndObject();
        writer.WriteStartArray("jobs");
        foreach (var job in change.Jobs)
        {
            writer.WriteStringValue(job.Time.Ticks.ToString(CultureInfo.InvariantCulture) + (job.Fault is { } fault ? "," + fault : ""));
        }

        writer.WriteEndArray();
        writer.WriteNumber("code", change.Outcome.Code);
        writer.WriteNumber("touched", change.Outcome.Touched);
    });

    /// <exception cref="FormatException">The JSON is no change.</exception>
    public static Change ReadChange(ReadOnlyMemory<byte> json) => Read(json, root => new Change(
        root.GetProperty("n").GetInt64(),
        Time(root.GetProperty("at")),
        root.GetProperty("do").GetString()!,
        root.TryGetProperty("by", out var by) ? by.GetString() : null,
        root.GetProperty("with").EnumerateObject().ToDictionary(member => member.Name, member => member.Value.GetString()!, StringComparer.Ordinal),
        [.. root.GetProperty("jobs").EnumerateArray().Select(item => ReadFate(item.GetString()!))])
    {
        Order = root.TryGetProperty("order", out var order) ? order.GetInt64() : null,
        Outcome = new ChangeOutcome(root.GetProperty("code").GetInt32(), root.GetProperty("touched").GetInt64()),
    });

    private static JobFate ReadFate(string text)
    {
        var parts = text.Split(',');
        return new JobFate(
            TimeSpan.FromTicks(long.Parse(parts[0], CultureInfo.InvariantCulture)),
            parts.Length > 1 ? Enum.Parse<FaultKind>(parts[1]) : null);
    }

    private static DateTimeOffset Time(JsonElement ticks) => new(ticks.GetInt64(), TimeSpan.Zero);

    private static T Read<T>(ReadOnlyMemory<byte> json, Func<JsonElement, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return read(document.RootElement);
        }
        catch (Exception error) when (
            error is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException or OverflowException)
        {
            throw new FormatException("it doesn't hold what it should", error);
        }
    }

    private static byte[] Write(Action<Utf8JsonWriter> members)
    {
        using var buffer = new PooledBuffer();
        using (var writer = new Utf8JsonWriter(buffer, Envelope.Options))
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static string HashOf(string hashBefore, ReadOnlySpan<byte> json)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        sha.AppendData(Encoding.ASCII.GetBytes(hashBefore));
        sha.AppendData(json);
        sha.GetHashAndReset(hash);
        return Convert.ToHexString(hash[..(HashLength / 2)]);
    }
}
