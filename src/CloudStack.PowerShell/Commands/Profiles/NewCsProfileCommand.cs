using System.Management.Automation;
using Cloud.Core.Errors;
using Cloud.Core.Profiles;
using CloudStack.PowerShell.Results;

namespace CloudStack.PowerShell.Commands;

/// <summary>Adds a profile: how to connect to one cloud, and where its secret comes from.</summary>
[Cmdlet(VerbsCommon.New, "CsProfile", SupportsShouldProcess = true, DefaultParameterSetName = FromSource)]
[OutputType(typeof(CloudProfile))]
public sealed class NewCsProfileCommand : ProfileChangeCommand
{
    private const string FromSource = "Source";

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

    /// <summary>Where the secret key comes from: env:NAME for an environment variable, file:PATH for a file of its own, or vault:NAME or vault:VAULT/NAME for SecretManagement.</summary>
    [Parameter(Mandatory = true, ParameterSetName = FromSource, HelpMessage = "env:NAME, file:PATH or vault:NAME.")]
    [ValidateNotNullOrEmpty]
    public string SecretSource { get; set; } = "";

    private protected override object? ErrorTarget => Name;

    private protected override void Process()
    {
        if (Profiles.Names.Contains(Name))
        {
            throw new CloudException(ErrorCause.Conflict, $"There is a profile '{Name}' already.", "Change it with Set-CsProfile, or choose another name.");
        }

        var source = ParameterSetName == FromSource ? Source(SecretSource) : PlainSource(SecretKey);
        var profile = WithAnswers(new ConnectionProfile(Name, FullUrl(Url), ApiKey, source));
        if (ShouldProcess(profile.ToString(), "Add profile"))
        {
            Profiles.Save(profile, Default);
            WriteObject(Shown(Name));
        }
    }
}
