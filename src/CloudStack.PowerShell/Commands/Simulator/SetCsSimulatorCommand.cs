using System.Collections;
using System.Management.Automation;
using System.Text.Json;
using Cloud.Core.Errors;
using CloudStack.PowerShell.Connections;
using CloudStack.Simulator;

namespace CloudStack.PowerShell.Commands;

/// <summary>Sets a simulated cloud's clock, and lets things go wrong in it.</summary>
[Cmdlet(VerbsCommon.Set, "CsSimulator")]
[OutputType(typeof(void))]
public sealed class SetCsSimulatorCommand : SimulatorCommand
{
    /// <summary>How time passes from now on: real, stepped, or fast:N for N seconds a second.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Clock { get; set; }

    /// <summary>How far to move the clock forward; what comes due in between happens before the next command.</summary>
    [Parameter]
    public TimeSpan Advance { get; set; }

    /// <summary>What is to go wrong: hashtables or lines of JSON, such as @{ fault = 'refuse'; command = 'listZones'; status = 503 }.</summary>
    [Parameter]
    [ValidateNotNull]
    public object[] Fault { get; set; } = [];

    /// <summary>Ends all trouble first.</summary>
    [Parameter]
    public SwitchParameter ClearFault { get; set; }

    private protected override void Process(SimulatedCloud cloud)
    {
        // All is understood before anything is set.
        if (Advance < TimeSpan.Zero)
        {
            throw new CloudException(ErrorCause.InvalidArgument, "The clock never goes back.", "Give -Advance a time of zero or more.");
        }

        var pace = Clock is null ? cloud.Clock.Pace : SimulatorText.Pace(Clock);
        var script = FaultScript.Parse(string.Join('\n', Fault.Select(ToLine)));
        if (ClearFault)
        {
            cloud.Faults.Clear();
        }

        cloud.Faults.Follow(script);
        cloud.Clock.Pace = pace;
        cloud.Clock.Step(Advance);
    }

    private static string ToLine(object fault) => Unwrap(fault) is IDictionary members
        ? JsonSerializer.Serialize(members.Keys.Cast<object>().ToDictionary(key => key.ToString()!, key => Unwrap(members[key] ?? "")))
        : fault.ToString()!;
}
