using System.Management.Automation;
using CloudStack.PowerShell.Connections;

namespace CloudStack.PowerShell.Commands;

/// <summary>Ends connections of this session; without <c>-Connection</c>, the default one.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "CsCloud")]
[OutputType(typeof(void))]
public sealed class DisconnectCsCloudCommand : CloudCmdlet
{
    private protected override void Process()
    {
        foreach (var connection in Connections)
        {
            Session.Connections.Remove(connection);
        }
    }
}
