using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace CloudStack.PowerShell.Commands;

/// <summary>Asks the person for what only they know. Where nobody can be asked, there's no answer.</summary>
/// <param name="host">Where the person sits.</param>
internal sealed class LoginQuestion(PSHostUserInterface host)
{
    /// <summary>Asks for the code of a second factor.</summary>
    /// <returns>The code, or null.</returns>
    /// <remarks>It's good for one use and half a minute, so it may be seen; and a secure line can't be read from a script's input.</remarks>
    public string? AskCode() => Ask("Second factor", "This user logs in with a second factor.", new FieldDescription("Code"))?["Code"]?.ToString() is
        { Length: > 0 } code ? code : null;

    /// <summary>Asks for a key pair.</summary>
    /// <param name="url">Whose.</param>
    /// <returns>The keys, or null.</returns>
    public (string ApiKey, SecureString SecretKey)? AskKeys(string url)
    {
        var secret = new FieldDescription("SecretKey");
        secret.SetParameterType(typeof(SecureString));
        var answer = Ask("Keys", $"The key pair of your user on {url}.", new FieldDescription("ApiKey"), secret);
        return answer?["ApiKey"]?.ToString() is { Length: > 0 } key && answer["SecretKey"]?.BaseObject is SecureString { Length: > 0 } known
            ? (key, known)
            : null;
    }

    private Dictionary<string, PSObject>? Ask(string caption, string message, params FieldDescription[] fields)
    {
        try
        {
            return host.Prompt(caption, message, new Collection<FieldDescription>(fields));
        }
        catch (Exception error) when (error is HostException or InvalidOperationException or NotSupportedException)
        {
            return null;
        }
    }
}
