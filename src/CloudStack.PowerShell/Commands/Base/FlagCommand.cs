using System.Management.Automation;

namespace CloudStack.PowerShell.Commands;

/// <summary>A cmdlet that changes something and hears nothing back but success.</summary>
public abstract class FlagCommand : ChangeCommand
{
    /// <summary>Writes what was done; without it, success is silent.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override bool IsPassThru => PassThru;
}
