using System.Management.Automation;

namespace CloudStack.PowerShell.Commands;

/// <summary>A cmdlet that changes something.</summary>
public abstract class ChangeCommand : CloudStackCommand
{
    /// <summary>Answers every confirmation with yes. <c>-WhatIf</c> still only says what would happen.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override bool IsForced => Force;
}
