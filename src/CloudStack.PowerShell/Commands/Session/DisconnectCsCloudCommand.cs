using System.Management.Automation;
using Cloud.Core.Errors;
using CloudStack.PowerShell.Connections;

namespace CloudStack.PowerShell.Commands;

/// <summary>Ends connections of this session; without <c>-Connection</c>, the default one.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "CsCloud")]
[OutputType(typeof(void))]
public sealed class DisconnectCsCloudCommand : ConnectionCommand
{
    private protected override void Process()
    {
        foreach (var connection in Asked)
        {
            LogOut(connection);
            Session.Connections.Remove(connection);
        }
    }

    private void LogOut(CloudConnection connection)
    {
        try
        {
            Run(connection, async (_, token) =>
            {
                await connection.LogOutAsync(token).ConfigureAwait(false);
                return true;
            });
        }
        catch (CloudException error)
        {
            // The server ends an idle session by itself, so this is no reason to keep the connection.
            WriteVerbose($"The session on {connection.Url.Host} couldn't be ended: {error.Message}");
        }
    }
}
