using System.Management.Automation;
using CloudStack.PowerShell.Completion;

namespace CloudStack.PowerShell.Commands;

/// <summary>Takes a profile out of the profiles file. The file or variable with its secret stays.</summary>
[Cmdlet(VerbsCommon.Remove, "CsProfile", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class RemoveCsProfileCommand : ProfileCommand
{
    /// <summary>The profile's name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        HelpMessage = "The profile to remove.")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    public string Name { get; set; } = "";

    private protected override object? ErrorTarget => Name;

    private protected override void Process()
    {
        if (ShouldProcess(Name, "Remove profile"))
        {
            Profiles.Remove(Name);
        }
    }
}
