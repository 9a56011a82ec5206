using System.Globalization;
using System.Text.Json;
using Cloud.Core.Errors;
using Cloud.Core.Security;

namespace Cloud.Core.Profiles;

/// <summary>
/// The profiles of one user, in a JSON file that only its owner may read:
/// <c>{ "default": "prod", "profiles": { "prod": { "url": "…", "apiKey": "…", "secretKey": "env:NAME" } } }</c>,
/// and where a server needs it <c>"encodedAnswers": true</c>, where a user wants it <c>"cacheTime": "00:05:00"</c>.
/// </summary>
/// <param name="path">The file.</param>
public sealed class ProfileStore(string path)
{
    private const int LargestFile = 1 << 20;

    /// <summary>The file.</summary>
    public string Path { get; } = path;

    /// <summary>Where a user's profiles are kept unless told otherwise.</summary>
    /// <param name="product">The folder's name under the user's configuration folder.</param>
    public static string DefaultPath(string product) => System.IO.Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify),
        product,
        "profiles.json");

    /// <summary>Reads a profile.</summary>
    /// <param name="name">Its name, or null for the default one.</param>
    /// <returns>The profile.</returns>
    /// <exception cref="CloudException"><see cref="ErrorCause.Local"/> for a file that can't be used, <see cref="ErrorCause.NotFound"/> for an unknown profile.</exception>
    public ConnectionProfile Get(string? name)
    {
        using var document = Read();
        var root = document.RootElement;
        var wanted = name ?? Text(root, "default")
            ?? throw Refuse("names no default profile.", "Name a profile, or set \"default\" in the file.");
        if (!root.TryGetProperty("profiles", out var profiles) || profiles.ValueKind != JsonValueKind.Object
            || !profiles.TryGetProperty(wanted, out var profile) || profile.ValueKind != JsonValueKind.Object)
        {
            var known = profiles.ValueKind == JsonValueKind.Object
                ? string.Join(", ", profiles.EnumerateObject().Select(p => p.Name))
                : "";
            throw new CloudException(
                ErrorCause.NotFound,
                $"There is no profile '{wanted}' in '{Path}'.",
                known.Length > 0 ? $"The profiles are: {known}." : "Add it to the file.");
        }

        if (!Uri.TryCreate(Text(profile, "url"), UriKind.Absolute, out var url)
            || Text(profile, "apiKey") is not { Length: > 0 } apiKey
            || Text(profile, "secretKey") is not { Length: > 0 } secretKey)
        {
            throw Refuse($"has a profile '{wanted}' that lacks url, apiKey or secretKey.", "Complete the profile.");
        }

        return new ConnectionProfile(wanted, url, apiKey, secretKey)
        {
            EncodedAnswers = profile.TryGetProperty("encodedAnswers", out var encoded) && encoded.ValueKind == JsonValueKind.True,
            CacheTime = CacheTime(profile, wanted),
        };
    }

    private TimeSpan CacheTime(JsonElement profile, string name) =>
        Text(profile, "cacheTime") is not { } text ? TimeSpan.Zero
        : TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var time)
            && time >= TimeSpan.Zero && time <= ConnectionProfile.LongestCacheTime ? time
        : throw Refuse($"has a profile '{name}' with a cacheTime that is none.", "Write one such as 00:05:00, at most a day.");

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value)
            && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    /// <summary>Reads the whole file.</summary>
    /// <exception cref="CloudException"><see cref="ErrorCause.Local"/>: it can't be used.</exception>
    internal JsonDocument Read()
    {
        try
        {
            if (OwnerOnly.IsReadableByOthers(Path))
            {
                throw Refuse("can be read by others.", "Take their permission away (chmod 600).");
            }

            using var file = File.OpenRead(Path);
            return file.Length <= LargestFile
                ? JsonDocument.Parse(file, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true })
                : throw Refuse("is larger than 1 MiB.", "Check that it's the right file.");
        }
        catch (JsonException error)
        {
            throw Refuse($"isn't valid JSON (line {error.LineNumber + 1}).", "Mend the file.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Refuse($"can't be read: {error.Message}", "Create it, or connect by environment variables.");
        }
    }

    private CloudException Refuse(string problem, string nextStep) =>
        new(ErrorCause.Local, $"The profile file '{Path}' {problem}", nextStep);
}
