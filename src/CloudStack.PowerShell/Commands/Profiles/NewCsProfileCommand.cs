using System.Management.Automation;
using System.Security;
using Cloud.Core.Errors;
using Cloud.Core.Profiles;
using CloudStack.PowerShell.Results;

namespace CloudStack.PowerShell.Commands;

/// <summary>Adds a profile: how to connect to one cloud, and where its secret comes from.</summary>
[Cmdlet(VerbsCommon.New, "CsProfile", SupportsShouldProcess = true, DefaultParameterSetName = FromSource)]
[OutputType(typeof(CloudProfile))]
public sealed class NewCsProfileCommand : ProfileCommand
{
    private const string FromSource = "Source";
    private const string InPlainText = "Plain";

    /// <summary>The profile's name.</summary>
    [Parameter(Mandatory = true, Position = 0, HelpMessage = "What to call the profile.")]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "";

    /// <summary>The server's address: https://host, https://host/client or the API's full path.</summary>
    [Parameter(Mandatory = true, Position = 1, HelpMessage = "Such as https://cloud.example.com/client/api.")]
    [ValidateNotNullOrEmpty]
    public string Url { get; set; } = "";

    /// <summary>The API key.</summary>
    [Parameter(Mandatory = true, HelpMessage = "The API key of your user.")]
    [ValidateNotNullOrEmpty]
    public string ApiKey { get; set; } = "";

    /// <summary>Where the secret key comes from: env:NAME for an environment variable, or file:PATH for a file of its own.</summary>
    [Parameter(Mandatory = true, ParameterSetName = FromSource, HelpMessage = "env:NAME or file:PATH.")]
    [ValidateNotNullOrEmpty]
    public string SecretSource { get; set; } = "";

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

    private protected override object? ErrorTarget => Name;

    private protected override void Process()
    {
        if (Profiles.Names.Contains(Name))
        {
            throw new CloudException(ErrorCause.Conflict, $"There is a profile '{Name}' already.", "Change it with Set-CsProfile, or choose another name.");
        }

        var source = ParameterSetName == FromSource ? Source(SecretSource) : PlainSource(SecretKey);
        var profile = new ConnectionProfile(Name, FullUrl(Url), ApiKey, source);
        if (ShouldProcess(profile.ToString(), "Add profile"))
        {
            Profiles.Save(profile, Default);
            WriteObject(Shown(Name));
        }
    }
}
