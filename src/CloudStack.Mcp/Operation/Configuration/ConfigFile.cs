using System.Text.Json;
using Cloud.Core.Binding;
using Cloud.Core.Errors;
using CloudStack.Mcp.Connections;
using CloudStack.Mcp.Engines;
using Microsoft.Extensions.Logging;

namespace CloudStack.Mcp.Operation.Configuration;

/// <summary>The one file that holds everything about a server. It names secrets and holds none.</summary>
internal static class ConfigFile
{
    private const int LargestFile = 1 << 20;

    private static readonly JsonDocumentOptions Form = new()
    {
        CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, AllowDuplicateProperties = false,
    };

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="CloudException">It can't be read, or something in it is wrong; every problem is named.</exception>
    public static ServeConfig Read(string path)
    {
        var problems = new List<string>();
        using var document = Parse(path);
        var config = Read(new ConfigSection(document.RootElement, "", problems), Path.GetDirectoryName(Path.GetFullPath(path))!);
        problems = [.. problems.Distinct(StringComparer.Ordinal)];
        return problems.Count == 0 ? config : throw new CloudException(
            ErrorCause.InvalidArgument,
            $"The configuration '{path}' has {problems.Count} problem{(problems.Count == 1 ? "" : "s")}: {ProblemText.Sentence(problems)}",
            "Mend the file; docs/operating.md shows every setting. Nothing was started.")
        {
            Problems = problems,
        };
    }

    private static JsonDocument Parse(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            var document = file.Length <= LargestFile ? JsonDocument.Parse(file, Form) : throw Refuse(path, "is larger than 1 MiB", "Check that it's the right file.");
            return document.RootElement.ValueKind == JsonValueKind.Object ? document : throw Refuse(path, "holds no JSON object", "Begin it with { and end it with }.");
        }
        catch (JsonException error)
        {
            throw Refuse(path, $"isn't valid JSON (line {error.LineNumber + 1})", "Mend that line; a member may stand only once.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Refuse(path, $"can't be read: {error.Message}", "Check the path and its permissions.");
        }
    }

    private static ServeConfig Read(ConfigSection root, string folder)
    {
        var limit = LimitSection.Read(root);
        var clouds = CloudsSection.Read(root);
        var roles = CallersSection.Roles(root, clouds);
        var (keys, jwt) = CallersSection.Read(root, roles);
        var http = HttpSection.Read(root, knowsCallers: keys.Count > 0 || jwt is not null);
        var (policy, lifetime, tokenKey) = ConfirmSection.Read(root);
        var store = root.Section("store");
        var telemetry = root.Section("telemetry");
        var config = new ServeConfig
        {
            Clouds = clouds,
            DefaultCloud = CloudsSection.Default(root, clouds),
            Limit = limit,
            Toolsets = root.Texts("toolsets"),
            Policy = policy,
            TokenLifetime = lifetime,
            TokenKey = tokenKey,
            Engine = Name(root, "engine", EngineKind.Direct, "auto, direct or powershell"),
            Follow = PollPaceSetting.Of(root.Number("pollSeconds", PollPaceSetting.Shortest, PollPaceSetting.Longest)),
            AuditPath = AuditFile.Path(root.Text("auditLog") is { } audit ? Path.Combine(folder, audit) : null),
            LogLevel = Name(root, "logLevel", LogLevel.Warning, "debug, information, warning, error, critical or none"),
            Http = http.Settings,
            PublicUrl = http.PublicUrl,
            Keys = keys,
            Jwt = jwt,
            Roles = roles,
            Rate = RateSection.Read(root),
            Postgres = store?.Secret("postgres"),
            Traces = telemetry?.Address("traces"),
        };
        if (config.Http is null && config.KnowsCallers)
        {
            root.Problem("callers", "needs http: over standard input and output the caller is whoever started the server");
        }

        if (config.Postgres is not null && tokenKey is null)
        {
            root.Problem("confirm.key", "is missing: replicas that share a store must share the key of confirmation tokens");
        }

        store?.Close();
        telemetry?.Close();
        root.Close();
        return config;
    }

    private static T Name<T>(ConfigSection root, string member, T usual, string known) where T : struct, Enum
    {
        if (root.Text(member) is not { } text)
        {
            return usual;
        }

        if (char.IsLetter(text[0]) && Enum.TryParse<T>(text, ignoreCase: true, out var named))
        {
            return named;
        }

        root.Problem(member, "must be " + known);
        return usual;
    }

    private static CloudException Refuse(string path, string problem, string nextStep) =>
        new(ErrorCause.Local, $"The configuration '{path}' {problem}.", nextStep);
}
