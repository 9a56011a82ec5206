using System.Management.Automation;
using Cloud.Core.Audit;
using Cloud.Core.Errors;
using CloudStack.PowerShell.Connections;
using CloudStack.PowerShell.Errors;

namespace CloudStack.PowerShell.Commands;

/// <summary>Proves that no line of an audit trail was changed, added, taken out or moved.</summary>
[Cmdlet(VerbsDiagnostic.Test, "CsAuditLog")]
[OutputType(typeof(AuditVerification))]
public sealed class TestCsAuditLogCommand : PSCmdlet
{
    /// <summary>The file; without it, this user's own trail.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    public string? Path { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        try
        {
            WriteObject(AuditVerifier.Verify(Path is null ? AuditFile.DefaultPath : GetUnresolvedProviderPathFromPSPath(Path)));
        }
        catch (CloudException error)
        {
            WriteError(CloudErrorRecord.Of(error, Path));
        }
    }
}
