using System.Management.Automation;
using System.Security;
using Cloud.Core.Profiles;

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

    /// <summary>For a server whose setting encode.api.response is on: it percent-encodes every text of its answers.</summary>
    [Parameter]
    public SwitchParameter EncodedAnswers { get; set; }

    /// <summary>How long lists are answered from memory, at most a day; zero asks the server each time.</summary>
    [Parameter]
    public TimeSpan CacheTime { get; set; }

    /// <summary>Makes it the profile that is used when none is named.</summary>
    [Parameter]
    public SwitchParameter Default { get; set; }

    /// <summary>Puts what was given about answers and lists into a profile; the rest stays as it is there.</summary>
    private protected ConnectionProfile WithAnswers(ConnectionProfile profile) => profile with
    {
        EncodedAnswers = IsBound(nameof(EncodedAnswers)) ? EncodedAnswers : profile.EncodedAnswers,
        CacheTime = IsBound(nameof(CacheTime)) ? CheckedCacheTime(CacheTime) : profile.CacheTime,
    };

    private bool IsBound(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);
}
