using System.Management.Automation;

namespace CloudStack.PowerShell.Commands;

/// <summary>A cmdlet that changes something by a job and hears nothing back but success.</summary>
public abstract class FlagJobCommand : JobCommand
{
    /// <summary>Writes what was done; without it, success is silent.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override bool IsPassThru => PassThru;
}
