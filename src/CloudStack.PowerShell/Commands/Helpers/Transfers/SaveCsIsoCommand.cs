using System.Management.Automation;
using CloudStack.Client.Models;
using CloudStack.PowerShell.Binding;
using CloudStack.PowerShell.Completion;

namespace CloudStack.PowerShell.Commands;

/// <summary>Downloads an ISO image as a file.</summary>
[Cmdlet(VerbsData.Save, "CsIso", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(FileInfo))]
public sealed class SaveCsIsoCommand : SaveImageCommand
{
    /// <summary>The ISO image: its id, its name or the object.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = "The ISO image's id or name.")]
    [ArgumentCompleter(typeof(NameCompleter))]
    public Identity<Template> Id { get; set; } = null!;

    /// <summary>The zone to take it from; without it, any that has it.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NameCompleter))]
    public Identity<Zone>? ZoneId { get; set; }

    private protected override IIdentity Image => Id;

    private protected override string ExtractCommand => "extractIso";

    private protected override string? Zone => ZoneId?.Text;

    private protected override (string Command, (string Name, object? Value)[] Arguments) Lookup =>
        ("listIsos", [("id", Id.Text), ("isofilter", "executable"), ("zoneid", Zone)]);
}
