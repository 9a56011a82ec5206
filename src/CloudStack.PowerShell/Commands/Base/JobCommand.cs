using System.Management.Automation;

namespace CloudStack.PowerShell.Commands;

/// <summary>A cmdlet that changes something by a job on the server.</summary>
public abstract class JobCommand : ChangeCommand
{
    /// <summary>Returns the job at once instead of waiting for its end.</summary>
    [Parameter]
    public SwitchParameter NoWait { get; set; }

    private protected override bool IsNoWait => NoWait;
}
