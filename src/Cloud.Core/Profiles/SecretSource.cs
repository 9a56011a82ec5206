using Cloud.Core.Errors;
using Cloud.Core.Security;

namespace Cloud.Core.Profiles;

/// <summary>Where a profile's secret comes from: <c>env:NAME</c>, <c>file:PATH</c> or, if the user insists, <c>text:VALUE</c>.</summary>
public static class SecretSource
{
    private const int LongestSecret = 8192;

    /// <summary>Reads a secret.</summary>
    /// <param name="source">The source.</param>
    /// <returns>The secret without surrounding white space.</returns>
    /// <exception cref="CloudException"><see cref="ErrorCause.Local"/>: the source is of no known form, missing, empty, or readable by others.</exception>
    public static string Read(string source)
    {
        ArgumentNullException.ThrowIfNull(source);
        var colon = source.IndexOf(':', StringComparison.Ordinal);
        var (kind, rest) = colon < 0 ? ("", source) : (source[..colon], source[(colon + 1)..]);
        var secret = kind switch
        {
            "env" => Environment.GetEnvironmentVariable(rest)
                ?? throw Refuse($"The environment variable {rest} isn't set.", "Set it, or change the profile."),
            "file" => ReadFile(rest),
            "text" => rest,
            "vault" => throw Refuse("The profile's secret is in a vault, which only PowerShell can open.", "Connect from PowerShell, or keep the secret in a file: file:PATH."),
            _ => throw Refuse("A profile's secret has no known source.", "Write it as env:NAME, file:PATH or text:VALUE."),
        };
        var trimmed = secret.Trim();
        return trimmed.Length is > 0 and <= LongestSecret
            ? trimmed
            : throw Refuse("A profile's secret is empty or too long.", "Put the secret key alone into its source.");
    }

    private static string ReadFile(string path)
    {
        try
        {
            if (OwnerOnly.IsReadableByOthers(path))
            {
                throw Refuse($"Others can read the secret file '{path}'.", "Take their permission away (chmod 600) and, if it's been so for long, make new keys.");
            }

            return new FileInfo(path).Length <= LongestSecret ? File.ReadAllText(path) : "";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Refuse($"The secret file '{path}' can't be read: {error.Message}", "Check the path and its permissions.");
        }
    }

    private static CloudException Refuse(string message, string nextStep) => new(ErrorCause.Local, message, nextStep);
}
