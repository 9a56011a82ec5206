using System.Text.Json;
using Cloud.Core.Errors;

namespace CloudStack.Simulator;

/// <summary>
/// Faults as text, one JSON object a line. <c>{"fault":"dropAnswer","command":"deployVirtualMachine","on":2,"times":1}</c>
/// breaks the connection after the second deployment; <c>status</c> and <c>seconds</c> go with the faults that have them.
/// <c>{"latencySeconds":0.2}</c>, <c>{"jobSeconds":5}</c> and <c>{"clockAheadSeconds":7200}</c> set a switch. Empty lines
/// and lines that begin with # are skipped.
/// </summary>
public sealed record FaultScript
{
    private const int MaxLines = 10_000;
    private const double MaxSeconds = 86_400;

    /// <summary>The faults in order.</summary>
    public IReadOnlyList<SimulatorFault> Faults { get; init; } = [];

    /// <summary>The latency it sets, or null.</summary>
    public TimeSpan? Latency { get; init; }

    /// <summary>The time of jobs it sets, or null.</summary>
    public TimeSpan? JobDelay { get; init; }

    /// <summary>The wrong clock it sets, or null.</summary>
    public TimeSpan? ClockAhead { get; init; }

    /// <summary>Reads a script.</summary>
    /// <param name="text">The lines.</param>
    /// <returns>The script.</returns>
    /// <exception cref="CloudException"><see cref="ErrorCause.InvalidArgument"/>: a line isn't understood; it's named.</exception>
    public static FaultScript Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var script = new FaultScript();
        var faults = new List<SimulatorFault>();
        var number = 0;
        foreach (var line in text.Split('\n', StringSplitOptions.TrimEntries))
        {
            if (++number > MaxLines)
            {
                throw Refuse(number, $"a script has at most {MaxLines} lines");
            }

            if (line.Length > 0 && line[0] != '#')
            {
                script = ReadLine(script, faults, number, line);
            }
        }

        return script with { Faults = faults };
    }

    private static FaultScript ReadLine(FaultScript script, List<SimulatorFault> faults, int number, string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var members = document.RootElement.EnumerateObject().ToList();
            if (document.RootElement.TryGetProperty("fault", out _))
            {
                faults.Add(ReadFault(members));
                return script;
            }

            return members.Aggregate(script, Set);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException)
        {
            throw Refuse(number, error is FormatException ? error.Message : "it isn't a JSON object of the known members");
        }
    }

    private static FaultScript Set(FaultScript script, JsonProperty member) => member.Name switch
    {
        "latencySeconds" => script with { Latency = Seconds(member) },
        "jobSeconds" => script with { JobDelay = Seconds(member) },
        "clockAheadSeconds" => script with { ClockAhead = Seconds(member) },
        _ => throw new FormatException($"'{member.Name}' is no switch: latencySeconds, jobSeconds, clockAheadSeconds; a fault has the member 'fault'"),
    };

    private static SimulatorFault ReadFault(IEnumerable<JsonProperty> members)
    {
        var fault = new SimulatorFault(default(FaultKind));
        foreach (var member in members)
        {
            fault = member.Name switch
            {
                "fault" => fault with { Kind = Kind(member.Value.GetString()) },
                "command" => fault with { Command = member.Value.GetString() },
                "on" => fault with { On = Whole(member, 1, 1_000_000) },
                "times" => fault with { Times = Whole(member, 1, 1_000_000) },
                "status" => fault with { Status = Whole(member, 200, 599) },
                "seconds" => fault with { RetryAfter = Seconds(member), Duration = Seconds(member) },
                _ => throw new FormatException($"'{member.Name}' isn't a member of a fault: fault, command, on, times, status, seconds"),
            };
        }

        return fault;
    }

    private static FaultKind Kind(string? name) =>
        Enum.GetValues<FaultKind>().Select(kind => (FaultKind?)kind).FirstOrDefault(kind => NameOf(kind!.Value) == name)
        ?? throw new FormatException($"'{name}' is no fault: {string.Join(", ", Enum.GetValues<FaultKind>().Select(NameOf))}");

    private static string NameOf(FaultKind kind) => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());

    private static int Whole(JsonProperty member, int least, int most) =>
        member.Value.TryGetInt32(out var number) && number >= least && number <= most
            ? number
            : throw new FormatException($"'{member.Name}' must be a whole number between {least} and {most}");

    private static TimeSpan Seconds(JsonProperty member) =>
        member.Value.GetDouble() is >= 0 and <= MaxSeconds and var seconds
            ? TimeSpan.FromSeconds(seconds)
            : throw new FormatException($"'{member.Name}' must lie between 0 and {MaxSeconds} seconds");

    private static CloudException Refuse(int number, string why) => new(
        ErrorCause.InvalidArgument,
        $"Line {number} of the fault script isn't understood: {why}.",
        """Write one JSON object a line, such as {"fault":"refuse","command":"listZones","on":2,"status":503}.""");
}
