using System.Management.Automation;
using CloudStack.Client.Models;
using CloudStack.PowerShell.Binding;
using CloudStack.PowerShell.Completion;

namespace CloudStack.PowerShell.Commands;

/// <summary>Uploads a file as an ISO image.</summary>
[Cmdlet(VerbsCommunications.Send, "CsIso", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(Template))]
public sealed class SendCsIsoCommand : SendImageCommand
{
    /// <summary>Whether machines can start from it; $true where it isn't given.</summary>
    [Parameter]
    public bool Bootable { get; set; } = true;

    /// <summary>The operating system in it: its id, its name or the object.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NameCompleter))]
    public Identity<GuestOs>? OsTypeId { get; set; }

    /// <summary>What it is, for people.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? DisplayText { get; set; }

    private protected override string AnnounceCommand => "getUploadParamsForIso";

    private protected override IEnumerable<(string Name, object? Value)> Own(string? format) =>
        [("format", "ISO"), ("bootable", MyInvocation.BoundParameters.ContainsKey(nameof(Bootable)) ? Bootable : null), ("ostypeid", OsTypeId?.Text), ("displaytext", DisplayText ?? Name)];

    private protected override (string Command, (string Name, object? Value)[] Arguments) Lookup(string id) =>
        ("listIsos", [("id", id), ("isofilter", "self")]);
}
