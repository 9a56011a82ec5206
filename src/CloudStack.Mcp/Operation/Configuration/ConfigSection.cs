using System.Text.Json;
using Cloud.Core.Binding;
using Cloud.Core.Errors;
using Cloud.Core.Profiles;

namespace CloudStack.Mcp.Operation.Configuration;

/// <summary>
/// One object of the configuration file. Reading a member checks it, and what is wrong is noted rather than thrown, so that
/// the operator learns of all problems at once; what stands in a wrong member's place is never used.
/// </summary>
/// <param name="json">The object.</param>
/// <param name="path">Where it stands, for messages; empty for the file itself.</param>
/// <param name="problems">Takes the problems.</param>
internal sealed class ConfigSection(JsonElement json, string path, List<string> problems)
{
    private const int LongestText = 4096;

    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    /// <summary>Notes a problem of a member.</summary>
    /// <param name="member">The member, or empty for the object itself.</param>
    /// <param name="problem">What is wrong, without any secret.</param>
    public void Problem(string member, string problem) => problems.Add($"{Place(member)} {problem}");

    /// <summary>A text, or null where it's absent.</summary>
    public string? Text(string name)
    {
        if (Member(name, JsonValueKind.String, "a text") is not { } value)
        {
            return null;
        }

        var text = value.GetString()!;
        if (text.Length is > 0 and <= LongestText)
        {
            return text;
        }

        Problem(name, text.Length == 0 ? "is empty" : "is too long");
        return null;
    }

    /// <summary>A text that must be there; empty where it isn't.</summary>
    public string Required(string name)
    {
        if (!json.TryGetProperty(name, out _))
        {
            Problem(name, "is missing");
        }

        return Text(name) ?? "";
    }

    /// <summary>True or false; false where it's absent.</summary>
    public bool Flag(string name)
    {
        _known.Add(name);
        if (json.TryGetProperty(name, out var value) && value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            Problem(name, "must be true or false");
        }

        return value.ValueKind == JsonValueKind.True;
    }

    /// <summary>A number, or null where it's absent.</summary>
    public double? Number(string name, double least, double most)
    {
        if (Member(name, JsonValueKind.Number, "a number") is not { } value)
        {
            return null;
        }

        if (value.TryGetDouble(out var number) && number >= least && number <= most)
        {
            return number;
        }

        Problem(name, $"must lie between {least} and {most}");
        return null;
    }

    /// <summary>Several texts; empty where absent.</summary>
    public IReadOnlyList<string> Texts(string name)
    {
        if (Member(name, JsonValueKind.Array, "an array of texts") is not { } value)
        {
            return [];
        }

        if (value.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.String))
        {
            Problem(name, "must be an array of texts");
            return [];
        }

        return [.. value.EnumerateArray().Select(item => item.GetString()!)];
    }

    /// <summary>An address, or null where it's absent or wrong.</summary>
    public Uri? Address(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.UserInfo.Length == 0)
        {
            return url;
        }

        Problem(name, "must be an http or https address without a password in it");
        return null;
    }

    /// <summary>A secret, read from where its reference says; null where it's absent or can't be read.</summary>
    public string? Secret(string name)
    {
        if (Text(name) is not { } source)
        {
            return null;
        }

        if (!source.StartsWith("env:", StringComparison.Ordinal) && !source.StartsWith("file:", StringComparison.Ordinal))
        {
            Problem(name, "must be a reference, env:NAME or file:PATH; secrets don't belong into this file");
            return null;
        }

        return Try(name, () => SecretSource.Read(source));
    }

    /// <summary>What a reader that throws makes of a member; null where it throws.</summary>
    public T? Try<T>(string name, Func<T> read) where T : class
    {
        try
        {
            return read();
        }
        catch (CloudException error)
        {
            Problem(name, $"is no good: {error.Message} {error.NextStep}");
            return null;
        }
    }

    /// <summary>An object, or null where it's absent.</summary>
    public ConfigSection? Section(string name) =>
        Member(name, JsonValueKind.Object, "an object") is { } value ? new ConfigSection(value, Place(name), problems) : null;

    /// <summary>The objects in an array.</summary>
    public IEnumerable<ConfigSection> Items(string name) => Member(name, JsonValueKind.Array, "an array of objects") is { } value
        ? Objects(value.EnumerateArray().Select((item, i) => ($"[{i}]", item)), Place(name)).Select(item => item.Section)
        : [];

    /// <summary>This object's members, each an object, by name.</summary>
    public IEnumerable<(string Name, ConfigSection Section)> Members()
    {
        _known.UnionWith(json.EnumerateObject().Select(member => member.Name));
        return Objects(json.EnumerateObject().Select(member => (member.Name, member.Value)), path.Length > 0 ? path + "." : "");
    }

    /// <summary>Notes the members that nobody asked for.</summary>
    public void Close()
    {
        foreach (var member in json.EnumerateObject().Where(member => !_known.Contains(member.Name)))
        {
            Problem(member.Name, Spelling.Closest(member.Name, _known) is { } closest ? $"isn't known; did you mean '{closest}'?" : "isn't known");
        }
    }

    private IEnumerable<(string Name, ConfigSection Section)> Objects(IEnumerable<(string Name, JsonElement Value)> items, string before)
    {
        foreach (var (name, value) in items)
        {
            if (value.ValueKind == JsonValueKind.Object)
            {
                yield return (name, new ConfigSection(value, before + name, problems));
            }
            else
            {
                problems.Add($"{before}{name} must be an object");
            }
        }
    }

    private JsonElement? Member(string name, JsonValueKind kind, string form)
    {
        _known.Add(name);
        if (!json.TryGetProperty(name, out var value))
        {
            return null;
        }

        if (value.ValueKind == kind)
        {
            return value;
        }

        Problem(name, $"must be {form}");
        return null;
    }

    private string Place(string member) => path.Length == 0 ? member : member.Length == 0 ? path : $"{path}.{member}";
}
