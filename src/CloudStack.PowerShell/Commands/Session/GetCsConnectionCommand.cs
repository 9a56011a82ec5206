using System.Management.Automation;
using CloudStack.PowerShell.Connections;

namespace CloudStack.PowerShell.Commands;

/// <summary>Shows this session's connections; nothing where there is none.</summary>
[Cmdlet(VerbsCommon.Get, "CsConnection")]
[OutputType(typeof(CloudConnection))]
public sealed class GetCsConnectionCommand : CloudCmdlet
{
    private protected override bool NeedsConnection => Connection is not null;

    private protected override void Process() =>
        WriteObject(Connection is null ? Session.Connections.All : Connections, enumerateCollection: true);
}
