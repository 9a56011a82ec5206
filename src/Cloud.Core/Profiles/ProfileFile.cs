using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cloud.Core.Errors;
using Cloud.Core.Security;

namespace Cloud.Core.Profiles;

/// <summary>Shows and changes the profiles of one user. What it doesn't know in the file is kept; comments aren't.</summary>
/// <param name="path">The file; it's made with the first profile.</param>
public sealed class ProfileFile(string path)
{
    private const int LongestName = 64;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(5);
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private readonly ProfileStore _store = new(path);

    /// <summary>The file.</summary>
    public string Path => _store.Path;

    /// <summary>The name of the default profile, or null.</summary>
    /// <exception cref="CloudException">The file can't be used.</exception>
    public string? DefaultName => Read()["default"] is JsonValue value && value.TryGetValue<string>(out var name) ? name : null;

    /// <summary>The names of all profiles.</summary>
    /// <exception cref="CloudException">The file can't be used.</exception>
    public IReadOnlyList<string> Names => [.. Profiles(Read()).Select(profile => profile.Key)];

    /// <summary>Reads a profile.</summary>
    /// <param name="name">Its name, or null for the default one.</param>
    /// <exception cref="CloudException">The file can't be used, or has no such profile.</exception>
    public ConnectionProfile Get(string? name) => _store.Get(name);

    /// <summary>Adds a profile, or puts it in the place of one of the same name. The first one becomes the default.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="makeDefault">True to make it the default.</param>
    /// <exception cref="CloudException">The name can't be one, or the file can't be used; it's as it was.</exception>
    public void Save(ConnectionProfile profile, bool makeDefault)
    {
        ArgumentNullException.ThrowIfNull(profile);
        CheckName(profile.Name);
        using var turn = TakeTurn();
        var root = Read();
        var profiles = Profiles(root);
        var entry = profiles[profile.Name] as JsonObject ?? [];
        entry["url"] = profile.Url.AbsoluteUri;
        entry["apiKey"] = profile.ApiKey;
        entry["secretKey"] = profile.SecretKey;
        SetOrRemove(entry, "encodedAnswers", profile.EncodedAnswers ? JsonValue.Create(true) : null);
        SetOrRemove(
            entry, "cacheTime",
            profile.CacheTime > TimeSpan.Zero ? JsonValue.Create(profile.CacheTime.ToString("c", CultureInfo.InvariantCulture)) : null);
        if (entry.Parent is null)
        {
            profiles[profile.Name] = entry;
        }

        if (makeDefault || profiles.Count == 1)
        {
            root["default"] = profile.Name;
        }

        Write(root);
    }

    /// <summary>Takes a profile out of the file; its secret's source stays where it is.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="CloudException">The file can't be used, or has no such profile.</exception>
    public void Remove(string name)
    {
        using var turn = TakeTurn();
        var root = Read();
        if (!Profiles(root).Remove(name))
        {
            throw new CloudException(ErrorCause.NotFound, $"There is no profile '{name}' in '{Path}'.", "Look at the names there.");
        }

        if (root["default"] is JsonValue value && value.TryGetValue<string>(out var first) && first == name)
        {
            root.Remove("default");
        }

        Write(root);
    }

    /// <summary>Keeps a profile's secret in a file of its own beside the profiles, which only its owner may read.</summary>
    /// <param name="name">The profile's name.</param>
    /// <param name="secret">The secret.</param>
    /// <returns>The source to put into the profile.</returns>
    /// <exception cref="CloudException">The name can't be one, or the file can't be written.</exception>
    public string KeepSecret(string name, string secret)
    {
        CheckName(name);
        var file = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(Path)!, "secrets", name + ".secret");
        Replace(file, System.Text.Encoding.UTF8.GetBytes(secret));
        return "file:" + file;
    }

    /// <summary>Tells whether a profile may have a name: it also names a file, so it's kept plain.</summary>
    /// <param name="name">The name.</param>
    public static bool IsName(string name) =>
        name is { Length: > 0 and <= LongestName } && name[0] is not ('.' or '-') && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');

    private static void SetOrRemove(JsonObject entry, string name, JsonValue? value)
    {
        if (value is null)
        {
            entry.Remove(name);
        }
        else
        {
            entry[name] = value;
        }
    }

    private static void CheckName(string name)
    {
        if (!IsName(name))
        {
            throw new CloudException(
                ErrorCause.InvalidArgument,
                $"'{name}' can't be a profile's name.",
                $"Use up to {LongestName} letters, digits, dots, dashes and underscores, with a letter or digit first.");
        }
    }

    private static JsonObject Profiles(JsonObject root)
    {
        if (root["profiles"] is not JsonObject profiles)
        {
            root["profiles"] = profiles = [];
        }

        return profiles;
    }

    private JsonObject Read()
    {
        if (!File.Exists(Path))
        {
            return [];
        }

        using var document = _store.Read();
        return document.RootElement.ValueKind == JsonValueKind.Object
            ? JsonObject.Create(document.RootElement.Clone())!
            : throw new CloudException(ErrorCause.Local, $"The profile file '{Path}' isn't a JSON object.", "Mend the file, or move it away.");
    }

    // Who changes the file reads it first, and another may do so at the same time, in this process or in another. The profiles'
    // own file is put in place anew each time, so that holding it would hold nobody up.
    private FileStream TakeTurn()
    {
        var file = Path + ".lock";
        try
        {
            OwnerOnly.CreateDirectory(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Path))!);
            for (var waited = TimeSpan.Zero; ; waited += RetryPause)
            {
                try
                {
                    return OwnerOnly.Open(file, FileMode.OpenOrCreate, FileShare.None);
                }
                catch (IOException) when (waited < LongestWait && File.Exists(file))
                {
                    Thread.Sleep(RetryPause);
                }
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(file, error);
        }
    }

    private void Write(JsonObject root) => Replace(Path, JsonSerializer.SerializeToUtf8Bytes(root, Indented));

    private static void Replace(string file, byte[] content)
    {
        try
        {
            OwnerOnly.Replace(file, content);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(file, error);
        }
    }

    private static CloudException Unwritable(string file, Exception error) =>
        new(ErrorCause.Local, $"'{file}' can't be written: {error.Message}", "Check the folder and its permissions.");
}
