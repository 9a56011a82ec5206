using System.Management.Automation;
using CloudStack.PowerShell.Completion;
using CloudStack.PowerShell.Results;

namespace CloudStack.PowerShell.Commands;

/// <summary>Shows this user's profiles, without their secrets.</summary>
[Cmdlet(VerbsCommon.Get, "CsProfile")]
[OutputType(typeof(CloudProfile))]
public sealed class GetCsProfileCommand : ProfileCommand
{
    /// <summary>The profile; without it, all of them.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    public string? Name { get; set; }

    private protected override object? ErrorTarget => Name;

    private protected override void Process()
    {
        foreach (var name in Name is null ? Profiles.Names : [Name])
        {
            WriteObject(Shown(name));
        }
    }
}
