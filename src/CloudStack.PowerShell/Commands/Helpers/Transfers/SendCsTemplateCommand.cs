using System.Management.Automation;
using CloudStack.Client.Models;
using CloudStack.PowerShell.Binding;
using CloudStack.PowerShell.Completion;

namespace CloudStack.PowerShell.Commands;

/// <summary>Uploads a file as a template.</summary>
[Cmdlet(VerbsCommunications.Send, "CsTemplate", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(Template))]
public sealed class SendCsTemplateCommand : SendImageCommand
{
    /// <summary>The hypervisor that it runs on, such as KVM.</summary>
    [Parameter(Mandatory = true, HelpMessage = "The hypervisor, such as KVM.")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(PlainValueCompleter))]
    public string Hypervisor { get; set; } = "";

    /// <summary>The file's format, such as QCOW2; without it, the file's ending.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(PlainValueCompleter))]
    public string? Format { get; set; }

    /// <summary>The operating system in it: its id, its name or the object.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NameCompleter))]
    public Identity<GuestOs>? OsTypeId { get; set; }

    /// <summary>What it is, for people.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? DisplayText { get; set; }

    private protected override string AnnounceCommand => "getUploadParamsForTemplate";

    private protected override IEnumerable<(string Name, object? Value)> Own(string? format) =>
        [("format", Format ?? format), ("hypervisor", Hypervisor), ("ostypeid", OsTypeId?.Text), ("displaytext", DisplayText)];

    private protected override (string Command, (string Name, object? Value)[] Arguments) Lookup(string id) =>
        ("listTemplates", [("id", id), ("templatefilter", "self")]);
}
