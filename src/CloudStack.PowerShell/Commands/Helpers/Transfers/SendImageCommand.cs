using System.Collections;
using System.Management.Automation;
using Cloud.Core.Errors;
using Cloud.Core.Operations;
using CloudStack.Client.Models;
using CloudStack.PowerShell.Binding;
using CloudStack.PowerShell.Commands.Helpers;
using CloudStack.PowerShell.Commands.Helpers.Transfers;
using CloudStack.PowerShell.Completion;
using CloudStack.PowerShell.Connections;

namespace CloudStack.PowerShell.Commands;

/// <summary>A cmdlet that announces an image to the cloud and uploads its file.</summary>
public abstract class SendImageCommand : CloudCmdlet
{
    private static readonly string[] Compressions = [".gz", ".bz2", ".zip", ".xz"];

    /// <summary>The file.</summary>
    [Parameter(Mandatory = true, Position = 0, HelpMessage = "The file to upload.")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>The zone that gets it: its id, its name or the object.</summary>
    [Parameter(Mandatory = true, Position = 1, HelpMessage = "The zone's id or name.")]
    [ArgumentCompleter(typeof(NameCompleter))]
    public Identity<Zone> ZoneId { get; set; } = null!;

    /// <summary>What to call it; without it, the file's name without its ending.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>The checksum that the cloud compares the file with, as hexadecimal digits or {SHA-256} and digits.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Checksum { get; set; }

    /// <summary>Further arguments of the API command by their API names, such as projectid or ispublic.</summary>
    [Parameter]
    [ValidateNotNull]
    public Hashtable Argument { get; set; } = [];

    /// <summary>Accepts any certificate of the server that takes the file.</summary>
    [Parameter]
    public SwitchParameter SkipCertificateCheck { get; set; }

    /// <summary>Answers every confirmation with yes.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override bool IsForced => Force;

    private protected override object? ErrorTarget => Path;

    /// <summary>The command that announces it.</summary>
    private protected abstract string AnnounceCommand { get; }

    /// <summary>The arguments of this kind of image.</summary>
    /// <param name="format">The format that the file's ending tells, or null.</param>
    private protected abstract IEnumerable<(string Name, object? Value)> Own(string? format);

    /// <summary>The list that shows what was uploaded, with the arguments that find it.</summary>
    /// <param name="id">What was uploaded.</param>
    private protected abstract (string Command, (string Name, object? Value)[] Arguments) Lookup(string id);

    private protected sealed override void Process()
    {
        if (SkipCertificateCheck)
        {
            WriteWarning("The certificate of the server that takes the file isn't checked: it may be anyone's.");
        }

        var file = GetUnresolvedProviderPathFromPSPath(Path);
        if (!File.Exists(file))
        {
            throw new CloudException(ErrorCause.Local, $"There is no file '{file}'.", "Check the path; nothing was sent.");
        }

        if (new FileInfo(file).Length == 0)
        {
            throw new CloudException(ErrorCause.Local, $"The file '{file}' is empty.", "Check how it was made; nothing was sent.");
        }

        ForEachConnection(connection => Run(connection, (host, token) => SendAsync(connection, host, file, token)));
    }

    /// <returns>False where it was declined or only asked about.</returns>
    private async Task<bool> SendAsync(
        CloudConnection connection, IOperationHost host, string file, CancellationToken cancellationToken)
    {
        var answer = await connection.ChangeAsync(host, AnnounceCommand, Arguments(file), null, cancellationToken).ConfigureAwait(false);
        if (answer is null)
        {
            return false;
        }

        var ticket = UploadTicket.Read(answer);
        var progress = new TransferProgress(host, $"Uploading {System.IO.Path.GetFileName(file)}", TimeProvider.System);
        using var http = TransferClient.For(connection, SkipCertificateCheck);
        host.Verbose($"Uploads {file} to {ticket.Url.Host}");
        try
        {
            await new FileUpload(http, progress.Report).RunAsync(ticket, file, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            progress.Complete();
        }

        var (command, arguments) = Lookup(ticket.Id);
        foreach (var image in await connection.ReadAsync(host, command, arguments, cancellationToken).ConfigureAwait(false))
        {
            await host.EmitAsync(image, cancellationToken).ConfigureAwait(false);
        }

        return true;
    }

    private IEnumerable<(string Name, object? Value)> Arguments(string file)
    {
        var plain = Compressions.Contains(System.IO.Path.GetExtension(file), StringComparer.OrdinalIgnoreCase)
            ? System.IO.Path.GetFileNameWithoutExtension(file)
            : System.IO.Path.GetFileName(file);
        var ending = System.IO.Path.GetExtension(plain).TrimStart('.').ToUpperInvariant();
        var own = Own(ending.Length > 0 ? ending : null)
            .Concat([("name", Name ?? System.IO.Path.GetFileNameWithoutExtension(plain)), ("zoneid", ZoneId.Text), ("checksum", Checksum)])
            .Where(argument => argument.Value is not null)
            .ToList();
        var more = BoundArguments.Plain(Argument, Unwrap);
        return own.Find(known => more.ContainsKey(known.Name)) is { Name: { } twice }
            ? throw new CloudException(
                ErrorCause.InvalidArgument, $"'{twice}' stands in -Argument and has a value already.", "Take it out of -Argument; nothing was sent.")
            : own.Concat(more.Select(argument => (argument.Key, argument.Value)));
    }
}
