using System.Management.Automation;
using CloudStack.Client.Models;
using CloudStack.PowerShell.Binding;
using CloudStack.PowerShell.Completion;

namespace CloudStack.PowerShell.Commands;

/// <summary>Downloads a template as a file.</summary>
[Cmdlet(VerbsData.Save, "CsTemplate", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(FileInfo))]
public sealed class SaveCsTemplateCommand : SaveImageCommand
{
    /// <summary>The template: its id, its name or the object.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = "The template's id or name.")]
    [ArgumentCompleter(typeof(NameCompleter))]
    public Identity<Template> Id { get; set; } = null!;

    /// <summary>The zone to take it from; without it, any that has it.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NameCompleter))]
    public Identity<Zone>? ZoneId { get; set; }

    private protected override IIdentity Image => Id;

    private protected override string ExtractCommand => "extractTemplate";

    private protected override string? Zone => ZoneId?.Text;

    private protected override (string Command, (string Name, object? Value)[] Arguments) Lookup =>
        ("listTemplates", [("id", Id.Text), ("templatefilter", "executable"), ("zoneid", Zone)]);
}
