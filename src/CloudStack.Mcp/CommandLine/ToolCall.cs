using System.Globalization;
using System.Text.Json;
using Cloud.Core.Errors;
using CloudStack.Mcp.Connections;
using CloudStack.Mcp.Server.Tools;

namespace CloudStack.Mcp.CommandLine;

/// <summary>Calls one of the server's own tools from a shell.</summary>
internal static class ToolCall
{
    private const string Prefix = "cloud_";

    /// <summary>Tells whether a name is a tool's own rather than a command's.</summary>
    /// <param name="name">The name.</param>
    public static bool IsTool(string name) => name.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Adds the options that this program and the tools have both.</summary>
    /// <param name="arguments">The tool's arguments.</param>
    /// <param name="limit">The most rows, or null.</param>
    /// <param name="fields">The fields to show, or null.</param>
    public static void AddShared(Dictionary<string, object?> arguments, long? limit, string? fields)
    {
        if (limit is { } most)
        {
            arguments["limit"] = most.ToString(CultureInfo.InvariantCulture);
        }

        if (fields is not null)
        {
            arguments["fields"] = fields;
        }
    }

    /// <summary>Calls a tool.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="arguments">What was given on the command line.</param>
    /// <param name="source">The cloud.</param>
    /// <param name="auditPath">The audit trail's file.</param>
    /// <param name="output">Writes the answer.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(
        string name,
        IReadOnlyDictionary<string, object?> arguments,
        ConnectionSource source,
        string auditPath,
        CallOutput output,
        CancellationToken cancellationToken)
    {
        await using var server = new LocalServer(source, auditPath, new ServerSettings());
        var tool = server.Tools.Find(name) ?? throw new CloudException(
            ErrorCause.UnknownCommand,
            $"There is no tool '{name}'.",
            server.Tools.Suggest(name) is { } closest ? $"Did you mean {closest}?" : "The 'tools' command lists them.");
        var given = arguments.Select(a => KeyValuePair.Create(a.Key, Value(Rule(tool, a.Key), a.Value)));
        var answer = await tool.CallAsync([.. given], new ConsoleToolCaller(), cancellationToken);
        output.Write(answer);
        return answer.IsError ? CommandAction.Failed : 0;
    }

    private static ArgumentKind Rule(ITool tool, string name) =>
        tool.Definition.Arguments.FirstOrDefault(a => a.Name == name)?.Kind ?? ArgumentKind.Text;

    private static JsonElement Value(ArgumentKind kind, object? value) => (kind, value) switch
    {
        (ArgumentKind.Integer, string text) when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) =>
            JsonSerializer.SerializeToElement(number),
        (ArgumentKind.Object, string text) => Parse(text),
        (ArgumentKind.Texts, string text) => JsonSerializer.SerializeToElement(text.Split(',', StringSplitOptions.TrimEntries)),
        (_, bool flag) => JsonSerializer.SerializeToElement(flag),
        (_, IEnumerable<object> many) => JsonSerializer.SerializeToElement(many.Select(item => Convert.ToString(item, CultureInfo.InvariantCulture))),
        _ => JsonSerializer.SerializeToElement(Convert.ToString(value, CultureInfo.InvariantCulture)),
    };

    private static JsonElement Parse(string text)
    {
        try
        {
            return JsonElement.Parse(text);
        }
        catch (JsonException)
        {
            // Left as text, which the tool's own check refuses with the argument's name.
            return JsonSerializer.SerializeToElement(text);
        }
    }
}
