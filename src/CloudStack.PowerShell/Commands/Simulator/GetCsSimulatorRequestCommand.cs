using System.Management.Automation;
using CloudStack.PowerShell.Completion;
using CloudStack.Simulator;

namespace CloudStack.PowerShell.Commands;

/// <summary>Shows what a simulated cloud was asked, oldest first and without secrets.</summary>
[Cmdlet(VerbsCommon.Get, "CsSimulatorRequest")]
[OutputType(typeof(RequestLogEntry))]
public sealed class GetCsSimulatorRequestCommand : SimulatorCommand
{
    /// <summary>Only requests for these API commands; wildcards are allowed.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ApiCommandCompleter))]
    public string[] Command { get; set; } = ["*"];

    /// <summary>How many of the last requests to show; without it, all that the log keeps.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Last { get; set; } = int.MaxValue;

    private protected override void Process(SimulatedCloud cloud)
    {
        var patterns = Command.Select(pattern => WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase)).ToList();
        WriteObject(
            cloud.Requests.Where(request => patterns.Exists(pattern => pattern.IsMatch(request.Command ?? ""))).TakeLast(Last),
            enumerateCollection: true);
    }
}
