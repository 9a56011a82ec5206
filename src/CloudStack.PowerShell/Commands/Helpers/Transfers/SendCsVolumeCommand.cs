using System.Management.Automation;
using CloudStack.Client.Models;
using CloudStack.PowerShell.Binding;
using CloudStack.PowerShell.Completion;

namespace CloudStack.PowerShell.Commands;

/// <summary>Uploads a file as a volume.</summary>
[Cmdlet(VerbsCommunications.Send, "CsVolume", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(Volume))]
public sealed class SendCsVolumeCommand : SendImageCommand
{
    /// <summary>The file's format, such as QCOW2; without it, the file's ending.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(PlainValueCompleter))]
    public string? Format { get; set; }

    /// <summary>The disk offering that it follows: its id, its name or the object.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NameCompleter))]
    public Identity<DiskOffering>? DiskOfferingId { get; set; }

    private protected override string AnnounceCommand => "getUploadParamsForVolume";

    private protected override IEnumerable<(string Name, object? Value)> Own(string? format) =>
        [("format", Format ?? format), ("diskofferingid", DiskOfferingId?.Text)];

    private protected override (string Command, (string Name, object? Value)[] Arguments) Lookup(string id) =>
        ("listVolumes", [("id", id), ("listall", true)]);
}
