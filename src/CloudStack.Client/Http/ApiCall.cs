using Cloud.Core.Catalog;
using Cloud.Core.Operations;
using CloudStack.Client.Wire;

namespace CloudStack.Client.Http;

/// <summary>One call of a command, ready to be written as often as it is tried.</summary>
/// <param name="Spec">The command.</param>
/// <param name="Arguments">Its arguments for the wire.</param>
internal sealed record ApiCall(CommandSpec Spec, WireArguments Arguments)
{
    /// <summary>A hash other than the connection's, for finding out which one the server takes.</summary>
    public SigningHash? SignedWith { get; init; }

    /// <summary>A lifetime of the signature other than the usual, for finding out whether the clock is wrong.</summary>
    public TimeSpan? SignedFor { get; init; }

    /// <summary>True where the answer's memory is given back.</summary>
    public bool IsLent { get; init; }

    /// <summary>True where a repeated call does no harm.</summary>
    public bool IsRepeatable => ReadRule.IsRepeatable(Spec);

    /// <summary>Encodes a bound command.</summary>
    public static ApiCall From(BoundCommand command) => new(command.Spec, ArgumentEncoder.Encode(command)) { IsLent = command.LendsPages };
}
