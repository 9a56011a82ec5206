using System.Text;
using Cloud.Core.Catalog;
using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Protocol;

namespace CloudStack.Simulator.Faults;

/// <summary>The answers of requests that are made to fail.</summary>
internal static class FaultAnswers
{
    private const byte Escape = 0x1B;
    private static readonly TimeSpan Offset = TimeSpan.FromHours(2);

    private const string Page =
        "<!DOCTYPE html><html><head><title>Bad gateway</title></head><body><h1>The server can't be reached</h1></body></html>";

    /// <summary>The answer that a fault gives in the command's place, or null where the command is done all the same.</summary>
    /// <exception cref="SimulatedDisconnectException">The connection breaks.</exception>
    public static SimulatedResponse? InPlace(SimulatorFault fault, CommandSpec? command) => fault.Kind switch
    {
        FaultKind.Refuse => Error(command, new ApiError(fault.Status, "The server was made to refuse this request.")),
        FaultKind.Throttle => Error(command, ApiError.Throttled(fault.RetryAfter)),
        FaultKind.HtmlPage => SimulatedResponse.Of(fault.Status, "text/html; charset=UTF-8", Encoding.UTF8.GetBytes(Page)),
        FaultKind.DropRequest => throw new SimulatedDisconnectException(),
        _ => null,
    };

    /// <summary>What becomes of the answer to a command that was done.</summary>
    /// <exception cref="SimulatedDisconnectException">The connection breaks.</exception>
    public static SimulatedResponse Spoil(SimulatorFault fault, SimulatedResponse answer) => fault.Kind switch
    {
        FaultKind.DropAnswer => throw new SimulatedDisconnectException(),
        FaultKind.EmptyBody => answer with { Status = 200, Body = default },
        FaultKind.TruncatedBody => answer with { Body = answer.Body[..(answer.Body.Length / 2)] },
        FaultKind.SlowBody => answer with { BodyTime = fault.Duration },
        FaultKind.ControlCharacter => answer with { Body = WithControlCharacter(answer.Body) },
        FaultKind.TextBooleans when answer.IsJson => answer with { Body = JsonRewriting.TextBooleans(answer.Body) },
        FaultKind.OffsetDates when answer.IsJson => answer with { Body = JsonRewriting.OffsetDates(answer.Body, Offset) },
        _ => answer,
    };

    /// <summary>Puts an escape character into the first text of an answer; one without any text stays as it is.</summary>
    private static ReadOnlyMemory<byte> WithControlCharacter(ReadOnlyMemory<byte> body)
    {
        var at = body.Span.IndexOf(":\""u8);
        return at < 0 ? body : (byte[])[.. body.Span[..(at + 2)], Escape, .. body.Span[(at + 2)..]];
    }

    private static SimulatedResponse Error(CommandSpec? command, ApiError error) =>
        SimulatedResponse.Of(error.Code, SimulatedResponse.JsonType, Envelope.WriteError(command, error));
}
