using System.Management.Automation;
using System.Text.Json;
using Cloud.Core.Errors;
using Cloud.Core.Objects;
using CloudStack.PowerShell.Connections;
using CloudStack.PowerShell.Errors;
using CloudStack.PowerShell.Results;

namespace CloudStack.PowerShell.Commands;

/// <summary>Reads the audit trail, oldest line first. It doesn't check the chain: Test-CsAuditLog does.</summary>
[Cmdlet(VerbsCommon.Get, "CsAuditLog")]
[OutputType(typeof(PSObject))]
public sealed class GetCsAuditLogCommand : PSCmdlet
{
    /// <summary>The file; without it, this user's own trail.</summary>
    [Parameter(Position = 0)]
    public string? Path { get; set; }

    /// <summary>How many of the last lines to read; without it, all.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Last { get; set; } = int.MaxValue;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var path = Path is null ? AuditFile.DefaultPath : GetUnresolvedProviderPathFromPSPath(Path);
        try
        {
            foreach (var line in Lines(path))
            {
                WriteObject(Read(line));
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            var problem = new CloudException(
                ErrorCause.Local, $"The audit trail '{path}' can't be read: {error.Message}", "Check the path and its permissions.", error);
            WriteError(CloudErrorRecord.Of(problem, path));
        }
    }

    private IEnumerable<string> Lines(string path) =>
        Last == int.MaxValue ? File.ReadLines(path) : File.ReadLines(path).TakeLast(Last);

    private static PSObject Read(string line)
    {
        var shown = new PSObject();
        shown.TypeNames.Insert(0, "CloudStack.PowerShell.AuditLine");
        try
        {
            using var document = JsonDocument.Parse(line);
            // A line that was tampered with may hold anything.
            var members = document.RootElement.EnumerateObject().Where(m => m.Name.Length > 0);
            foreach (var member in members.DistinctBy(m => m.Name, StringComparer.OrdinalIgnoreCase))
            {
                var label = char.ToUpperInvariant(member.Name[0]) + member.Name[1..];
                object? value = member.NameEquals("time") && WireDate.TryParse(member.Value.ToString(), out var date)
                    ? date
                    : FieldValue.Of(member.Value);
                shown.Properties.Add(new PSNoteProperty(label, value));
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            shown.Properties.Add(new PSNoteProperty("Broken", line));
        }

        return shown;
    }
}
