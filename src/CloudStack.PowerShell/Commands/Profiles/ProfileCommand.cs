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
        return new CloudProfile(profile.Name, profile.Url, profile.ApiKey, IsSource(source) ? source : "unknown", profile.Name == Profiles.DefaultName)
        {
            EncodedAnswers = profile.EncodedAnswers,
            CacheTime = profile.CacheTime,
        };
    }

    /// <summary>Gives the connection that a profile describes, with its secret read.</summary>
    /// <exception cref="CloudException">The secret can't be read, or the address is none.</exception>
    internal static CloudStackConnection Open(ConnectionProfile profile, CommandInvocationIntrinsics commands) =>
        new(profile.Url.AbsoluteUri, new ApiKeyCredentials(profile.ApiKey, ProfileSecret.Read(profile.SecretKey, commands)))
        {
            AnswersAreEncoded = profile.EncodedAnswers,
        };

    /// <summary>Checks how long lists may be answered from memory.</summary>
    /// <exception cref="CloudException"><see cref="ErrorCause.InvalidArgument"/>: it's negative, or longer than a day.</exception>
    internal static TimeSpan CheckedCacheTime(TimeSpan time) => time >= TimeSpan.Zero && time <= ConnectionProfile.LongestCacheTime
        ? time
        : throw new CloudException(
            ErrorCause.InvalidArgument,
            $"-CacheTime goes from nothing to {ConnectionProfile.LongestCacheTime.TotalHours:0} hours.",
            "Give one such as 00:05:00, or leave it out.");

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
