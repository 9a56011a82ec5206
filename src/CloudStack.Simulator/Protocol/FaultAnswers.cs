using System.Text;
using Cloud.Core.Catalog;
using CloudStack.Simulator.Answers;

namespace CloudStack.Simulator.Protocol;

/// <summary>The answers of requests that are made to fail.</summary>
internal static class FaultAnswers
{
    private const string Page =
        "<!DOCTYPE html><html><head><title>Bad gateway</title></head><body><h1>The server can't be reached</h1></body></html>";

    /// <summary>The answer that a fault gives in the command's place, or null where the command is done all the same.</summary>
    /// <exception cref="SimulatedDisconnectException">The connection breaks.</exception>
    public static SimulatedResponse? InPlace(SimulatorFault fault, CommandSpec? command) => fault.Kind switch
    {
        FaultKind.Refuse => Error(command, new ApiError(fault.Status, "The server was made to refuse this request.")),
        FaultKind.Throttle => Error(command, new ApiError(
            429,
            "The given user has reached his/her account api limit, please retry after "
            + $"[{(long)fault.RetryAfter.TotalMilliseconds}] ms.")),
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
        _ => answer,
    };

    private static SimulatedResponse Error(CommandSpec? command, ApiError error) =>
        SimulatedResponse.Of(error.Code, SimulatedResponse.JsonType, Envelope.WriteError(command, error));
}
