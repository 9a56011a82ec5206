using System.Management.Automation;
using System.Net;
using System.Security;
using Cloud.Core.Errors;
using Cloud.Core.Profiles;
using CloudStack.Client;
using CloudStack.PowerShell.Errors;
using CloudStack.PowerShell.Results;

namespace CloudStack.PowerShell.Commands;

/// <summary>A cmdlet that works with the profiles file, which the module shares with cloudstack-mcp.</summary>
public abstract class ProfileCommand : PSCmdlet
{
    /// <summary>The profiles of this user.</summary>
    internal static ProfileFile Profiles => new(ProfileStore.DefaultPath("CloudStack.PowerShell"));

    /// <inheritdoc/>
    protected sealed override void ProcessRecord()
    {
        try
        {
            Process();
        }
        catch (CloudException error)
        {
            WriteError(CloudErrorRecord.Of(error, ErrorTarget));
        }
    }

    /// <summary>Does the cmdlet's work for one input.</summary>
    private protected abstract void Process();

    /// <summary>What an error is about.</summary>
    private protected virtual object? ErrorTarget => null;

    /// <summary>Gives a profile as it's shown.</summary>
    private protected static CloudProfile Shown(string name)
    {
        var profile = Profiles.Get(name);
        var source = profile.SecretKey.StartsWith("text:", StringComparison.Ordinal) ? "text" : profile.SecretKey;
        return new CloudProfile(profile.Name, profile.Url, profile.ApiKey, IsSource(source) ? source : "unknown", profile.Name == Profiles.DefaultName);
    }

    /// <summary>Checks an address and completes it to the API's full path.</summary>
    private protected static Uri FullUrl(string url) => new CloudStackConnection(url, new ApiKeyCredentials("key", "secret")).Url;

    /// <summary>Checks where a secret comes from; a file is named by its full path.</summary>
    private protected string Source(string source) => source.StartsWith("file:", StringComparison.Ordinal) && source.Length > 5
        ? "file:" + GetUnresolvedProviderPathFromPSPath(source[5..])
        : (source.StartsWith("env:", StringComparison.Ordinal) && source.Length > 4) || ProfileSecret.IsVault(source)
            ? source
            : throw new CloudException(
                ErrorCause.InvalidArgument,
                "The secret's source has no known form.",
                "Give env:NAME, file:PATH or vault:NAME, or the key itself with -SecretKey and -Plain.");

    /// <summary>Writes a secret into the profile itself.</summary>
    private protected static string PlainSource(SecureString secret) => "text:" + new NetworkCredential("", secret).Password;

    private static bool IsSource(string source) => source == "text"
        || ProfileSecret.IsVault(source)
        || source.StartsWith("env:", StringComparison.Ordinal) || source.StartsWith("file:", StringComparison.Ordinal);
}
