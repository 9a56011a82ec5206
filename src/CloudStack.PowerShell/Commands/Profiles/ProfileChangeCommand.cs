using System.Management.Automation;
using System.Security;

namespace CloudStack.PowerShell.Commands;

/// <summary>A cmdlet that writes a profile: what adding and changing one have in common.</summary>
public abstract class ProfileChangeCommand : ProfileCommand
{
    private protected const string InPlainText = "Plain";

    /// <summary>The secret key itself; it's written into the profiles file, so -Plain is needed with it.</summary>
    [Parameter(Mandatory = true, ParameterSetName = InPlainText, HelpMessage = "The secret key that belongs to the API key.")]
    [ValidateNotNull]
    public SecureString SecretKey { get; set; } = new();

    /// <summary>Says that the secret may stand in the profiles file in plain text.</summary>
    [Parameter(Mandatory = true, ParameterSetName = InPlainText)]
    public SwitchParameter Plain { get; set; }

    /// <summary>Makes it the profile that is used when none is named.</summary>
    [Parameter]
    public SwitchParameter Default { get; set; }
}
