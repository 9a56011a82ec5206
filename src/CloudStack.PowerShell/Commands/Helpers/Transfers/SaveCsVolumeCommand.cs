using System.Management.Automation;
using CloudStack.Client.Models;
using CloudStack.PowerShell.Binding;
using CloudStack.PowerShell.Completion;

namespace CloudStack.PowerShell.Commands;

/// <summary>Downloads a volume as a file.</summary>
[Cmdlet(VerbsData.Save, "CsVolume", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(FileInfo))]
public sealed class SaveCsVolumeCommand : SaveImageCommand
{
    /// <summary>The volume: its id, its name or the object.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = "The volume's id or name.")]
    [ArgumentCompleter(typeof(NameCompleter))]
    public Identity<Volume> Id { get; set; } = null!;

    private protected override IIdentity Image => Id;

    private protected override string ExtractCommand => "extractVolume";

    private protected override (string Command, (string Name, object? Value)[] Arguments) Lookup =>
        ("listVolumes", [("id", Id.Text), ("listall", true)]);
}
