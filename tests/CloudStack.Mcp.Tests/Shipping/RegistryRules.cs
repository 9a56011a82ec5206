using System.Text.Json;
using System.Text.RegularExpressions;

namespace CloudStack.Mcp.Tests.Shipping;

/// <summary>
/// What the MCP registry asks of a <c>server.json</c> of the schema 2025-12-11, as far as this one uses it; written from the
/// registry's documentation.
/// </summary>
internal static partial class RegistryRules
{
    public const string Schema = "https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json";

    private static readonly string[] OfServer = ["$schema", "name", "description", "title", "version", "packages"];

    private static readonly string[] OfPackage =
        ["registryType", "identifier", "version", "runtimeHint", "transport", "packageArguments", "environmentVariables"];

    private static readonly string[] OfInput = ["name", "type", "value", "description", "isRequired", "isSecret"];

    /// <summary>Finds what breaks a rule.</summary>
    /// <param name="server">The file.</param>
    public static IReadOnlyList<string> Problems(JsonElement server)
    {
        var problems = new List<string>();
        Members(server, OfServer, ["name", "description", "version"]);
        Must(Text(server, "$schema") == Schema, "$schema");
        Must(Text(server, "name").Length is >= 3 and <= 200 && Name().IsMatch(Text(server, "name")), "name");
        Must(Text(server, "description").Length is >= 1 and <= 100, "description");
        Must(IsVersion(Text(server, "version")), "version");
        foreach (var package in server.GetProperty("packages").EnumerateArray())
        {
            Members(package, OfPackage, ["registryType", "identifier", "version", "transport"]);
            Must(Text(package, "registryType") == "nuget", "registryType");
            Must(IsVersion(Text(package, "version")) && Text(package, "version") == Text(server, "version"), "package version");
            Must(Text(package.GetProperty("transport"), "type") == "stdio", "transport");
            foreach (var argument in package.GetProperty("packageArguments").EnumerateArray())
            {
                Members(argument, OfInput, ["type"]);
                Must(Text(argument, "type") switch { "named" => Text(argument, "name").Length > 0, "positional" => Text(argument, "value").Length > 0, _ => false }, "argument");
            }

            foreach (var variable in package.GetProperty("environmentVariables").EnumerateArray())
            {
                Members(variable, OfInput, ["name"]);
            }
        }

        return problems;

        void Must(bool isSo, string what)
        {
            if (!isSo)
            {
                problems.Add(what);
            }
        }

        void Members(JsonElement element, string[] known, string[] required)
        {
            var names = element.EnumerateObject().Select(member => member.Name).ToList();
            problems.AddRange(names.Except(known).Select(name => $"'{name}' isn't known"));
            problems.AddRange(required.Except(names).Select(name => $"'{name}' is missing"));
        }
    }

    private static string Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";

    // One exact version: no range, no wildcard, nothing that moves.
    private static bool IsVersion(string text) => text.Length is >= 1 and <= 255 && ExactVersion().IsMatch(text);

    [GeneratedRegex("^[a-zA-Z0-9.-]+/[a-zA-Z0-9._-]+$")]
    private static partial Regex Name();

    [GeneratedRegex(@"^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$")]
    private static partial Regex ExactVersion();
}
