using System.Management.Automation;
using Cloud.Core.Errors;
using CloudStack.PowerShell.Completion;
using CloudStack.PowerShell.Results;

namespace CloudStack.PowerShell.Commands;

/// <summary>Changes a profile; what isn't given stays as it is.</summary>
[Cmdlet(VerbsCommon.Set, "CsProfile", SupportsShouldProcess = true, DefaultParameterSetName = "Settings")]
[OutputType(typeof(CloudProfile))]
public sealed class SetCsProfileCommand : ProfileChangeCommand
{
    /// <summary>The profile's name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        HelpMessage = "The profile to change.")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    public string Name { get; set; } = "";

    /// <summary>The server's address: https://host, https://host/client or the API's full path.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Url { get; set; }

    /// <summary>The API key.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ApiKey { get; set; }

    /// <summary>Where the secret key comes from: env:NAME for an environment variable, file:PATH for a file of its own, or vault:NAME or vault:VAULT/NAME for SecretManagement.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? SecretSource { get; set; }

    private protected override object? ErrorTarget => Name;

    private protected override void Process()
    {
        if (ParameterSetName == InPlainText && SecretSource is not null)
        {
            throw new CloudException(ErrorCause.InvalidArgument, "A secret has one source.", "Give -SecretSource, or -SecretKey with -Plain.");
        }

        var old = Profiles.Get(Name);
        var profile = WithAnswers(old with
        {
            Url = Url is null ? old.Url : FullUrl(Url),
            ApiKey = ApiKey ?? old.ApiKey,
            SecretKey = ParameterSetName == InPlainText ? PlainSource(SecretKey) : SecretSource is null ? old.SecretKey : Source(SecretSource),
        });
        if (ShouldProcess(profile.ToString(), "Change profile"))
        {
            Profiles.Save(profile, Default);
            WriteObject(Shown(Name));
        }
    }
}
