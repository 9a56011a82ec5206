using CloudStack.Mcp.Connections;

namespace CloudStack.Mcp.Operation.Configuration;

/// <summary>Reads <c>clouds</c> and <c>defaultCloud</c>.</summary>
internal static class CloudsSection
{
    private const int LongestName = 40;

    public static IReadOnlyList<CloudConfig> Read(ConfigSection root)
    {
        var clouds = new List<CloudConfig>();
        foreach (var (name, section) in root.Section("clouds")?.Members() ?? [])
        {
            if (name.Length > LongestName || name.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.')) || name.Length == 0)
            {
                section.Problem("", $"needs a name of up to {LongestName} letters, digits, points, hyphens and underscores");
            }

            var limit = LimitSection.Read(section);
            if (Source(name, section) is { } source)
            {
                clouds.Add(new CloudConfig(name, source, limit));
            }

            section.Close();
        }

        return clouds;
    }

    public static string Default(ConfigSection root, IReadOnlyList<CloudConfig> clouds)
    {
        var named = root.Text("defaultCloud");
        if (root.Section("clouds") is not { } section || !section.Members().Any())
        {
            root.Problem("clouds", "names no cloud");
        }
        else if (named is null && section.Members().Skip(1).Any())
        {
            root.Problem("defaultCloud", "is missing: with several clouds, one must be meant where a call names none");
        }
        else if (named is not null && !section.Members().Any(member => member.Name == named))
        {
            root.Problem("defaultCloud", "names no cloud of this file");
        }

        return named ?? (clouds.Count > 0 ? clouds[0].Name : "");
    }

    private static ConnectionSource? Source(string name, ConfigSection section)
    {
        var simulator = section.Flag("simulator");
        var profile = section.Text("profile");
        var url = section.Text("url");
        var (key, secret) = (section.Text("apiKey"), section.Secret("secretKey"));
        if ((simulator ? 1 : 0) + (profile is null ? 0 : 1) + (url is null ? 0 : 1) != 1)
        {
            section.Problem("", "needs exactly one of simulator, profile and url");
            return null;
        }

        if (url is null)
        {
            return section.Try("profile", () => ConnectionSource.Find(simulator, profile));
        }

        if (key is null || secret is null)
        {
            section.Problem("", "needs apiKey and secretKey beside url");
            return null;
        }

        return section.Try("url", () => ConnectionSource.Of(name, url, key, secret));
    }
}
