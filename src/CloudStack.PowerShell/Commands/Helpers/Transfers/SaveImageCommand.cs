using System.Management.Automation;
using Cloud.Core.Objects;
using Cloud.Core.Operations;
using CloudStack.PowerShell.Binding;
using CloudStack.PowerShell.Commands.Helpers;
using CloudStack.PowerShell.Commands.Helpers.Transfers;
using CloudStack.PowerShell.Connections;

namespace CloudStack.PowerShell.Commands;

/// <summary>A cmdlet that has an image offered for download by the cloud and downloads it.</summary>
public abstract class SaveImageCommand : CloudCmdlet
{
    private const long OneTerabyte = 1L << 40;

    /// <summary>The file or folder to write to; without it, the current folder, and a name after the object's own.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>The largest file that is accepted, in bytes, such as 50GB; without it, 1TB. The room on the disk is a limit in any case.</summary>
    [Parameter]
    [ValidateRange(1, long.MaxValue)]
    public long MaximumSize { get; set; } = OneTerabyte;

    /// <summary>Doesn't compare the file with the checksum that the cloud names for it.</summary>
    [Parameter]
    public SwitchParameter SkipChecksum { get; set; }

    /// <summary>Accepts any certificate of the server that holds the file.</summary>
    [Parameter]
    public SwitchParameter SkipCertificateCheck { get; set; }

    /// <summary>Replaces a file that is there, and answers every confirmation with yes.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override bool IsForced => Force;

    private protected override object? ErrorTarget => Image.Text;

    /// <summary>What is saved.</summary>
    private protected abstract IIdentity Image { get; }

    /// <summary>The command that offers it.</summary>
    private protected abstract string ExtractCommand { get; }

    /// <summary>The list that describes it, with the arguments that find it.</summary>
    private protected abstract (string Command, (string Name, object? Value)[] Arguments) Lookup { get; }

    /// <summary>The zone named on the command line, or null.</summary>
    private protected virtual string? Zone => null;

    private protected sealed override void Process()
    {
        if (SkipCertificateCheck)
        {
            WriteWarning("The certificate of the server that holds the file isn't checked: the file may be anyone's.");
        }

        ForEachConnection(connection =>
        {
            if (Run(connection, (host, token) => SaveAsync(connection, host, token)) is { } saved)
            {
                WriteObject(InvokeProvider.Item.Get([saved], force: true, literalPath: true), enumerateCollection: true);
            }
        });
    }

    private async Task<string?> SaveAsync(CloudConnection connection, IOperationHost host, CancellationToken cancellationToken)
    {
        var place = SavedPlace.Of(Path is null ? SessionState.Path.CurrentFileSystemLocation.Path : GetUnresolvedProviderPathFromPSPath(Path), Force);
        var (command, arguments) = Lookup;
        var found = await connection.ReadAsync(host, command, arguments, cancellationToken).ConfigureAwait(false);
        var image = found.Count > 0 ? found[0] : null;
        var offer = await connection.ChangeAsync(
            host,
            ExtractCommand,
            [("id", Image.Text), ("mode", "HTTP_DOWNLOAD"), ("zoneid", Zone ?? image?.GetText("zoneid"))],
            Image.KnownNames,
            cancellationToken).ConfigureAwait(false);
        if (offer is null)
        {
            return null;
        }

        var url = TransferAddress.Check(offer.GetText("url"), "the download");
        var name = image?.GetText("name") ?? offer.GetText("name") ?? Image.Text;
        var target = place.FileFor(ImageFileName.Of(name, url, image?.GetText("format")));
        await DownloadAsync(connection, host, url, target, name, Checksum(image), cancellationToken).ConfigureAwait(false);
        return target;
    }

    private async Task DownloadAsync(
        CloudConnection connection, IOperationHost host, Uri url, string target, string name, FileChecksum? checksum, CancellationToken cancellationToken)
    {
        var progress = new TransferProgress(host, $"Downloading {ShownText.Of(name, 60)}", TimeProvider.System);
        using var http = TransferClient.For(connection, SkipCertificateCheck);
        host.Verbose($"Downloads from {url.Host} to {target}");
        try
        {
            await new FileDownload(http, new DownloadRules(Force, MaximumSize, checksum), progress.Report, TimeProvider.System)
                .RunAsync(url, target, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            progress.Complete();
        }
    }

    private FileChecksum? Checksum(CloudObject? image) => SkipChecksum ? null : FileChecksum.Read(image?.GetText("checksum"));
}
