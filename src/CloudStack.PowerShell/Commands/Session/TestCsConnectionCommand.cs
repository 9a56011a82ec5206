using System.Diagnostics;
using System.Management.Automation;
using CloudStack.Client;
using CloudStack.Client.Diagnosis;
using CloudStack.PowerShell.Completion;
using CloudStack.PowerShell.Results;

namespace CloudStack.PowerShell.Commands;

/// <summary>Checks the way to a server and what it says of itself. What fails is part of the result and not an error.</summary>
[Cmdlet(VerbsDiagnostic.Test, "CsConnection", DefaultParameterSetName = Open)]
[OutputType(typeof(ConnectionTest))]
public sealed class TestCsConnectionCommand : ConnectionCommand
{
    private const string Open = "Open";
    private const string FromProfile = "Profile";
    private const string Address = "Url";

    /// <summary>A profile to test without connecting.</summary>
    [Parameter(Mandatory = true, ParameterSetName = FromProfile, HelpMessage = "The name of a profile; Get-CsProfile shows them.")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    public string Profile { get; set; } = "";

    /// <summary>A server's address to test without keys: what its network, certificate and clock say.</summary>
    [Parameter(Mandatory = true, ParameterSetName = Address, HelpMessage = "Such as https://cloud.example.com/client/api.")]
    [ValidateNotNullOrEmpty]
    public string Url { get; set; } = "";

    private protected override object? ErrorTarget => ParameterSetName switch { FromProfile => Profile, Address => Url, _ => null };

    private protected override void Process()
    {
        switch (ParameterSetName)
        {
            case FromProfile:
                var profile = ProfileCommand.Profiles.Get(Profile);
                Test(profile.Name, ProfileCommand.Open(profile, InvokeCommand));
                break;
            case Address:
                var server = new CloudStackConnection(Url, new ApiKeyCredentials("none", "none"));
                Examine(server.Url.Host, server.Url, ServerChecks.Towards(server, TimeProvider.System));
                break;
            default:
                foreach (var connection in Asked)
                {
                    Examine(connection.Name, connection.Url, connection.Settings is { } settings
                        ? ServerChecks.Over(settings, connection.Provider, TimeProvider.System)
                        : ServerChecks.Of(connection.Provider));
                }

                break;
        }
    }

    private void Test(string name, CloudStackConnection connection)
    {
        using var provider = CloudStackProvider.Create(ServerChecks.Impatient(connection));
        Examine(name, connection.Url, ServerChecks.Over(connection, provider, TimeProvider.System));
    }

    private void Examine(string name, Uri url, IReadOnlyList<ICheck> checks)
    {
        var clock = Stopwatch.StartNew();
        var examination = new Examination((_, _) => { });
        Run(async (_, token) =>
        {
            await examination.RunChainAsync(checks, token).ConfigureAwait(false);
            return true;
        });
        var failed = examination.Findings.Select(f => f.Finding).FirstOrDefault(finding => finding.Verdict == Verdict.Fail);
        WriteObject(new ConnectionTest(
            name, url, failed is null, clock.ElapsedMilliseconds, failed is null ? null : $"{failed.Detail.TrimEnd('.')}. {failed.Next}".TrimEnd(),
            [.. examination.Findings.Select(f => new ConnectionCheck(f.Check, f.Finding.Verdict.ToString(), f.Finding.Detail, f.Finding.Next))]));
    }
}
