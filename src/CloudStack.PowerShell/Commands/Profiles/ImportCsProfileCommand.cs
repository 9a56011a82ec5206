using System.Management.Automation;
using Cloud.Core.Errors;
using Cloud.Core.Profiles;
using CloudStack.Client;
using CloudStack.PowerShell.Results;

namespace CloudStack.PowerShell.Commands;

/// <summary>Takes over the profiles of cmk's configuration, or the environment's variables. Each secret goes into a file of its own that only you can read.</summary>
[Cmdlet(VerbsData.Import, "CsProfile", SupportsShouldProcess = true, DefaultParameterSetName = FromFile)]
[OutputType(typeof(CloudProfile))]
public sealed class ImportCsProfileCommand : ProfileCommand
{
    private const string FromFile = "Path";
    private const string FromVariables = "Environment";

    /// <summary>The configuration; without it, ~/.cmk/config.</summary>
    [Parameter(Position = 0, ParameterSetName = FromFile)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>Reads CLOUDSTACK_API_URL, CLOUDSTACK_API_KEY and CLOUDSTACK_SECRET_KEY.</summary>
    [Parameter(Mandatory = true, ParameterSetName = FromVariables)]
    public SwitchParameter FromEnvironment { get; set; }

    /// <summary>What to call the profile that is made of the variables.</summary>
    [Parameter(Mandatory = true, ParameterSetName = FromVariables, HelpMessage = "What to call the profile.")]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "";

    /// <summary>Puts them in the place of profiles that have the same names.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override object? ErrorTarget => ParameterSetName == FromVariables ? Name : Path;

    private protected override void Process()
    {
        if (ParameterSetName == FromVariables)
        {
            var connection = CloudStackConnection.FromEnvironment();
            var secret = Environment.GetEnvironmentVariable(CloudStackConnection.SecretKeyVariable)!;
            Import(Name, connection.Url, ((ApiKeyCredentials)connection.Credentials).ApiKey, secret, makeDefault: false);
            return;
        }

        var sections = IniSections.Read(Path is not null
            ? GetUnresolvedProviderPathFromPSPath(Path)
            : System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cmk", "config"));

        // What cmk uses when none is named is used so here too, unless something is already.
        var chosen = Profiles.DefaultName is null
            ? sections.FirstOrDefault(section => section.Name == "core").Values?.GetValueOrDefault("profile")
            : null;
        foreach (var (name, settings) in sections)
        {
            try
            {
                Import(name, settings, name == chosen);
            }
            catch (CloudException error)
            {
                WriteError(Errors.CloudErrorRecord.Of(error, name));
            }
        }
    }

    private void Import(string name, IReadOnlyDictionary<string, string> settings, bool makeDefault)
    {
        if (!settings.TryGetValue("url", out var url) || url.Length == 0)
        {
            return;
        }

        if (settings.GetValueOrDefault("apikey") is not { Length: > 0 } apiKey
            || settings.GetValueOrDefault("secretkey") is not { Length: > 0 } secret)
        {
            WriteWarning($"The profile '{name}' has no key pair and is left out.");
            return;
        }

        Import(name, FullUrl(url), apiKey, secret, makeDefault);
    }

    private void Import(string name, Uri url, string apiKey, string secret, bool makeDefault)
    {
        if (!Force && Profiles.Names.Contains(name))
        {
            throw new CloudException(ErrorCause.Conflict, $"There is a profile '{name}' already.", "Add -Force to replace it.");
        }

        if (ShouldProcess(name, "Import profile"))
        {
            Profiles.Save(new ConnectionProfile(name, url, apiKey, Profiles.KeepSecret(name, secret)), makeDefault);
            WriteObject(Shown(name));
        }
    }
}
