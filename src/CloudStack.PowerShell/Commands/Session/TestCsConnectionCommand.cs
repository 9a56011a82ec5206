using System.Diagnostics;
using System.Management.Automation;
using Cloud.Core.Errors;
using Cloud.Core.Operations;
using CloudStack.PowerShell.Connections;
using CloudStack.PowerShell.Results;

namespace CloudStack.PowerShell.Commands;

/// <summary>Asks the server of a connection for its version. What fails is part of the result and not an error.</summary>
[Cmdlet(VerbsDiagnostic.Test, "CsConnection")]
[OutputType(typeof(ConnectionTest))]
public sealed class TestCsConnectionCommand : CloudCmdlet
{
    private protected override void Process()
    {
        foreach (var connection in Connections)
        {
            WriteObject(Test(connection));
        }
    }

    private ConnectionTest Test(CloudConnection connection)
    {
        var clock = Stopwatch.StartNew();
        try
        {
            var probe = new BoundCommand(
                connection.Provider.Catalog.FindCommand(ConnectionFactory.Probe)!, new Dictionary<string, object>());
            var reply = Run(connection, (_, token) => connection.Provider.SendAsync(probe, token));
            var version = reply.Objects.Select(answer => answer.GetText("cloudstackversion")).FirstOrDefault();
            return new ConnectionTest(connection.Name, connection.Url, true, clock.ElapsedMilliseconds, version, null);
        }
        catch (CloudException error)
        {
            return new ConnectionTest(connection.Name, connection.Url, false, clock.ElapsedMilliseconds, null, $"{error.Message} {error.NextStep}");
        }
    }
}
