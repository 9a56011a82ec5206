using System.Management.Automation;
using Cloud.Core.Errors;
using Cloud.Core.Profiles;
using CloudStack.PowerShell.Results;

namespace CloudStack.PowerShell.Commands;

/// <summary>Takes over the profiles of cmk's configuration. Each secret goes into a file of its own that only you can read.</summary>
[Cmdlet(VerbsData.Import, "CsProfile", SupportsShouldProcess = true)]
[OutputType(typeof(CloudProfile))]
public sealed class ImportCsProfileCommand : ProfileCommand
{
    /// <summary>The configuration; without it, ~/.cmk/config.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>Puts them in the place of profiles that have the same names.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override object? ErrorTarget => Path;

    private protected override void Process()
    {
        var path = Path is not null
            ? GetUnresolvedProviderPathFromPSPath(Path)
            : System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cmk", "config");
        foreach (var (name, settings) in IniSections.Read(path))
        {
            try
            {
                Import(name, settings);
            }
            catch (CloudException error)
            {
                WriteError(Errors.CloudErrorRecord.Of(error, name));
            }
        }
    }

    private void Import(string name, IReadOnlyDictionary<string, string> settings)
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

        if (!Force && Profiles.Names.Contains(name))
        {
            throw new CloudException(ErrorCause.Conflict, $"There is a profile '{name}' already.", "Add -Force to replace it.");
        }

        if (ShouldProcess(name, "Import profile"))
        {
            var address = FullUrl(url);
            Profiles.Save(new ConnectionProfile(name, address, apiKey, Profiles.KeepSecret(name, secret)), makeDefault: false);
            WriteObject(Shown(name));
        }
    }
}
