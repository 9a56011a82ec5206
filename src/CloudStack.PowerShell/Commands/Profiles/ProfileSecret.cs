using System.Collections;
using System.Management.Automation;
using System.Net;
using System.Security;
using Cloud.Core.Errors;
using Cloud.Core.Profiles;

namespace CloudStack.PowerShell.Commands;

/// <summary>
/// Reads a profile's secret: also <c>vault:NAME</c> or <c>vault:VAULT/NAME</c>, which is a secret of SecretManagement. That module
/// is asked for by its cmdlet's name, so that it's needed only where a profile says so.
/// </summary>
internal static class ProfileSecret
{
    private const string Vault = "vault:";
    private const string Reader = "Get-Secret";

    /// <summary>Tells whether a source is a vault's.</summary>
    public static bool IsVault(string source) => source.StartsWith(Vault, StringComparison.Ordinal) && source.Length > Vault.Length;

    /// <summary>Reads a secret.</summary>
    /// <param name="source">The profile's source.</param>
    /// <param name="commands">The session's commands.</param>
    /// <exception cref="CloudException"><see cref="ErrorCause.Local"/>: the source can't be read.</exception>
    public static string Read(string source, CommandInvocationIntrinsics commands)
    {
        if (!IsVault(source))
        {
            return SecretSource.Read(source);
        }

        if (commands.GetCommand(Reader, CommandTypes.Cmdlet | CommandTypes.Function) is null)
        {
            throw new CloudException(
                ErrorCause.Local,
                $"The profile's secret is in a vault, and there is no {Reader} to open it.",
                "Install it: Install-PSResource Microsoft.PowerShell.SecretManagement, and a vault such as Microsoft.PowerShell.SecretStore.");
        }

        var path = source[Vault.Length..].Split('/', 2);
        var arguments = new Hashtable { ["Name"] = path[^1], ["ErrorAction"] = "Stop" };
        if (path.Length == 2)
        {
            arguments["Vault"] = path[0];
        }

        try
        {
            var found = commands.InvokeScript(
                useLocalScope: true, ScriptBlock.Create($"param($arguments) {Reader} @arguments"), input: null, args: [arguments]);
            return found is [var only] && Reveal(only?.BaseObject) is { Length: > 0 } secret
                ? secret
                : throw Refuse(source, "it holds no text there");
        }
        catch (RuntimeException error)
        {
            throw Refuse(source, error.Message);
        }
    }

    private static string? Reveal(object? secret) => secret switch
    {
        SecureString text => new NetworkCredential("", text).Password,
        PSCredential login => login.GetNetworkCredential().Password,
        string text => text,
        _ => null,
    };

    private static CloudException Refuse(string source, string why) => new(
        ErrorCause.Local, $"The vault gives no secret for '{source}': {why}.", "Look with Get-SecretInfo, and unlock the vault.");
}
