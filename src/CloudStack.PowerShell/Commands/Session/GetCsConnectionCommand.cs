using System.Management.Automation;
using CloudStack.PowerShell.Connections;

namespace CloudStack.PowerShell.Commands;

/// <summary>Shows this session's connections; nothing where there is none.</summary>
[Cmdlet(VerbsCommon.Get, "CsConnection")]
[OutputType(typeof(CloudConnection))]
public sealed class GetCsConnectionCommand : ConnectionCommand
{
    private protected override void Process() =>
        WriteObject(Connection is null ? Session.Connections.All : Asked, enumerateCollection: true);
}
