using Cloud.Core.Audit;
using Cloud.Core.Catalog;
using Cloud.Core.Errors;
using CloudStack.Mcp.Server.Tools;
using CloudStack.Mcp.Stores;
using CloudStack.Mcp.Telemetry;
using Microsoft.Extensions.Logging;

namespace CloudStack.Mcp.Operation.Calls;

/// <summary>
/// What every tool call passes, whoever makes it and by whatever way: its turn by the caller's rate, the measuring, and the
/// audit trail, which has a line of each call even where no operation came of it.
/// </summary>
/// <param name="audit">The audit trail that the operations write too.</param>
/// <param name="rates">Counts calls per caller.</param>
/// <param name="rate">How many calls a caller may make, or null for any number.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Hears of lines that couldn't be written, or null.</param>
internal sealed class CallDesk(AttendedAudit audit, IRateCounter rates, RateRule? rate, TimeProvider time, ILogger? log = null)
{
    /// <summary>Lets one call through.</summary>
    /// <param name="tool">The tool's name.</param>
    /// <param name="caller">Who calls.</param>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">Stops the wait for its turn.</param>
    public async Task<ToolAnswer> AttendAsync(string tool, IToolCaller caller, Func<Task<ToolAnswer>> call, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        using var activity = ToolTelemetry.Start(tool, caller.Name);
        var attended = audit.Attend();
        var outcome = "failed";
        CloudException? refused = null;
        try
        {
            await TakeTurnAsync(caller.Name, cancellationToken);
            var answer = await call();
            outcome = answer.IsError ? "failed" : "completed";
            return answer;
        }
        catch (CloudException error)
        {
            refused = error;
            outcome = IsRefusal(error.Cause) ? "refused" : "failed";
            throw;
        }
        catch (OperationCanceledException)
        {
            outcome = "cancelled";
            throw;
        }
        finally
        {
            var elapsed = time.GetElapsedTime(begun);
            ToolTelemetry.End(activity, tool, outcome, refused?.Cause, elapsed);
            if (!attended.HasLine)
            {
                await RecordAsync(Line(tool, caller.Name, outcome, refused, elapsed));
            }
        }
    }

    // No change came of this call, so that a trail which can't be written now doesn't turn its answer into an error.
    private async Task RecordAsync(AuditRecord line)
    {
        try
        {
            await audit.AppendAsync(line, CancellationToken.None);
        }
        catch (CloudException error)
        {
            log?.LogWarning("A call of {Tool} ({Outcome}) could not be recorded: {Reason}", line.Command, line.Outcome, error.Message);
        }
    }

    /// <summary>Puts on record that a caller wasn't let in.</summary>
    /// <param name="caller">Who it said it was, or from where it came.</param>
    /// <param name="why">Why it wasn't.</param>
    public Task RefuseAsync(string caller, string why) => RecordAsync(
        Line("connect", caller, "refused", new CloudException(ErrorCause.Unauthorized, why + ".", ""), TimeSpan.Zero));

    private async Task TakeTurnAsync(string caller, CancellationToken cancellationToken)
    {
        if (rate is null)
        {
            return;
        }

        var turn = await rates.TakeAsync(caller, rate, cancellationToken);
        if (!turn.IsGiven)
        {
            throw new CloudException(
                ErrorCause.Throttled,
                $"This caller makes more than {rate.PerMinute} calls a minute; nothing was sent.",
                $"Call again in {Math.Ceiling(turn.Wait.TotalSeconds)} s. One list with a filter often does what many reads do.")
            {
                RetryAfter = turn.Wait,
            };
        }

        if (turn.Wait > TimeSpan.Zero)
        {
            await Task.Delay(turn.Wait, time, cancellationToken);
        }
    }

    private static bool IsRefusal(ErrorCause cause) =>
        cause is ErrorCause.DeniedByPolicy or ErrorCause.Throttled or ErrorCause.InvalidArgument or ErrorCause.UnknownCommand;

    private AuditRecord Line(string tool, string caller, string outcome, CloudException? error, TimeSpan elapsed) => new()
    {
        Time = time.GetUtcNow(),
        Phase = AuditPhase.End,
        Operation = Guid.NewGuid().ToString("D"),
        Caller = caller,
        Profile = "",
        Server = "",
        Command = error?.Command is { } command ? $"{tool}:{command}" : tool,
        Effect = Effect.Read,
        Arguments = new Dictionary<string, object>(),
        Confirmation = "none",
        Outcome = outcome,
        Cause = error?.Cause.ToString(),
        Error = error?.Message,
        DurationMs = elapsed.TotalMilliseconds,
    };
}
