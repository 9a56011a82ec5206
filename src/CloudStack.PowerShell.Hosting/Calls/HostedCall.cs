using Cloud.Core.Objects;
using Cloud.Core.Operations;

namespace CloudStack.PowerShell.Hosting.Calls;

/// <summary>One call that PowerShell carries out: on which cloud, for whom, and the face it serves.</summary>
/// <param name="Provider">The cloud.</param>
/// <param name="Operations">What runs the operations of the cmdlets.</param>
/// <param name="Face">Gets progress and warnings, and decides on changes.</param>
/// <param name="Caller">Who asks, for the audit trail.</param>
/// <param name="Profile">The connection's name, for the audit trail.</param>
internal sealed record HostedCall(ICloudProvider Provider, IOperations Operations, IOperationHost Face, string Caller, string Profile)
{
    /// <summary>The rows that are wanted of a list, or null where the cmdlets say so themselves.</summary>
    public RowRange? Rows { get; init; }

    /// <summary>True where changes are shown before they're done: the target of each is read from the cloud.</summary>
    public bool ReadsTarget { get; init; }

    /// <summary>True where changes are only said, as with <c>-WhatIf</c>; the face still hears of each.</summary>
    public bool IsWhatIf { get; init; }

    /// <summary>Gets every object that the cloud answers, with its result class, and gives what the cmdlet is to see; an exception from it ends the operation.</summary>
    public Func<CloudObject, string, CloudObject>? Seen { get; init; }
}
