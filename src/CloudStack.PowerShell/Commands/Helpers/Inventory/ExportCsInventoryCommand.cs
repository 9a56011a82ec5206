using System.Management.Automation;
using System.Text;
using Cloud.Core.Errors;
using Cloud.Core.Objects;
using Cloud.Core.Operations;
using CloudStack.Client.Models;
using CloudStack.PowerShell.Binding;
using CloudStack.PowerShell.Commands.Helpers;
using CloudStack.PowerShell.Commands.Helpers.Inventory;
using CloudStack.PowerShell.Commands.Helpers.Transfers;
using CloudStack.PowerShell.Completion;
using CloudStack.PowerShell.Connections;

namespace CloudStack.PowerShell.Commands;

/// <summary>Writes a report of all machines, networks and volumes that you can see; of several connections, one report.</summary>
[Cmdlet(VerbsData.Export, "CsInventory")]
[OutputType(typeof(FileInfo))]
public sealed class ExportCsInventoryCommand : CloudCmdlet
{
    /// <summary>The file to write.</summary>
    [Parameter(Mandatory = true, Position = 0, HelpMessage = "The file to write, such as inventory.html.")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>What to write; without it, what the file's ending says.</summary>
    [Parameter]
    [ValidateSet("Csv", "Json", "Html")]
    public string? Format { get; set; }

    /// <summary>Only what is in this zone: its id, its name or the object.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NameCompleter))]
    public Identity<Zone>? ZoneId { get; set; }

    /// <summary>Replaces a file that is there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override object? ErrorTarget => Path;

    private protected override void Process()
    {
        var target = GetUnresolvedProviderPathFromPSPath(Path);
        var write = Writer(Format ?? System.IO.Path.GetExtension(target).TrimStart('.'));
        SavedPlace.Of(target, Force);
        var rows = InventorySource.All.ToDictionary(source => source, _ => new List<(string, CloudObject)>());
        foreach (var connection in Connections)
        {
            foreach (var (source, found) in rows)
            {
                found.AddRange(Run(connection, (host, token) => ReadAsync(connection, host, source, token)).Select(row => (connection.Name, row)));
            }
        }

        var report = new InventoryReport(
            [.. Connections.Select(connection => $"{connection.Name} ({connection.Url.Host})")],
            TimeProvider.System.GetUtcNow(),
            [.. rows.Select(pair => pair.Key.Table(pair.Value))]);
        Save(target, write(report));
        WriteObject(InvokeProvider.Item.Get([target], force: true, literalPath: true), enumerateCollection: true);
    }

    // A list of everything leaves out what belongs to projects; -1 stands for all of them, and then both are there.
    private async Task<IReadOnlyList<CloudObject>> ReadAsync(
        CloudConnection connection, IOperationHost host, InventorySource source, CancellationToken cancellationToken)
    {
        var everything = await connection.ReadAsync(
            host, source.Command, [("listall", true), ("projectid", "-1"), ("zoneid", ZoneId?.Text)], cancellationToken).ConfigureAwait(false);
        return [.. everything.OrderBy(row => row.GetText("name"), StringComparer.OrdinalIgnoreCase)];
    }

    private static Func<InventoryReport, string> Writer(string format) => format.ToUpperInvariant() switch
    {
        "CSV" => InventoryCsv.Write,
        "JSON" => InventoryJson.Write,
        "HTML" or "HTM" => InventoryHtml.Write,
        _ => throw new CloudException(
            ErrorCause.InvalidArgument, "The file's ending doesn't say what to write.", "End it in .csv, .json or .html, or add -Format."),
    };

    private void Save(string target, string text)
    {
        var written = $"{target}.{Guid.NewGuid():N}.part";
        try
        {
            // With a mark of the encoding in front spreadsheets read the text right.
            File.WriteAllText(written, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: text.StartsWith("Kind,", StringComparison.Ordinal)));
            File.Move(written, target, Force);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            File.Delete(written);
            throw new CloudException(ErrorCause.Local, $"'{target}' can't be written: {error.Message}", "Check the path.", error);
        }
    }
}
