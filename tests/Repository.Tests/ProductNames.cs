using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Repository.Tests;

/// <summary>The names that the product answers to, read from the catalog's data, the session cmdlets and the program's own help.</summary>
/// <param name="Cmdlets">All cmdlets, each with the API command it calls or an empty text.</param>
/// <param name="Commands">The API commands with their parameters.</param>
/// <param name="Verbs">The first words that more than one API command begins with.</param>
/// <param name="Help">The program's subcommands with their options.</param>
internal sealed partial record ProductNames(
    IReadOnlyDictionary<string, string> Cmdlets,
    IReadOnlyDictionary<string, IReadOnlySet<string>> Commands,
    IReadOnlySet<string> Verbs,
    IReadOnlyDictionary<string, IReadOnlySet<string>> Help)
{
    private const string Data = "src/Catalog/cloudstack";

    private static readonly Dictionary<string, IReadOnlySet<string>> Tools = new()
    {
        ["cloud_search"] = new HashSet<string> { "query", "category", "limit" },
        ["cloud_describe"] = new HashSet<string> { "command" },
        ["cloud_read"] = new HashSet<string> { "command", "arguments", "fields", "limit", "cursor" },
        ["cloud_change"] = new HashSet<string> { "command", "arguments", "confirm", "typed" },
        ["cloud_job"] = new HashSet<string> { "job", "wait" },
    };

    /// <summary>Reads the names; the program must have been built.</summary>
    public static ProductNames Read()
    {
        using var api = JsonDocument.Parse(Checkout.Read($"{Data}/api.json"));
        using var names = JsonDocument.Parse(Checkout.Read($"{Data}/names.json"));
        var commands = api.RootElement.GetProperty("commands").EnumerateArray()
            .ToDictionary(c => c.GetProperty("name").GetString()!, Parameters, StringComparer.Ordinal);
        var cmdlets = names.RootElement.GetProperty("cmdlets").EnumerateObject()
            .Where(c => c.Value.ValueKind == JsonValueKind.String)
            .Select(c => KeyValuePair.Create(c.Value.GetString()!, c.Name))
            .Concat(Checkout.Files("*Command.cs").SelectMany(f => Declared().Matches(Checkout.Read(f)))
                .Select(m => KeyValuePair.Create($"{m.Groups[1].Value}-{m.Groups[2].Value}", "")));
        return new ProductNames(
            cmdlets.ToDictionary(StringComparer.Ordinal),
            commands,
            commands.Keys.GroupBy(name => FirstWord().Match(name).Value).Where(g => g.Count() > 1).Select(g => g.Key).ToHashSet(StringComparer.Ordinal),
            Subcommands());
    }

    /// <summary>Finds the parameters of what can be called by a tool's, a cmdlet's or a command's name; null where there is no such thing.</summary>
    public IReadOnlySet<string>? FindParameters(string name) =>
        Tools.GetValueOrDefault(name) ?? Commands.GetValueOrDefault(Cmdlets.GetValueOrDefault(name, name));

    private static IReadOnlySet<string> Parameters(JsonElement command) => command.GetProperty("params").EnumerateArray()
        .Select(p => p.GetProperty("name").GetString()!).ToHashSet(StringComparer.OrdinalIgnoreCase);

    private static Dictionary<string, IReadOnlySet<string>> Subcommands()
    {
        var listed = HelpOf("").Split("Commands:")[1];
        return Subcommand().Matches(listed).Select(m => m.Groups[1].Value).ToDictionary(
            name => name,
            name => (IReadOnlySet<string>)Option().Matches(HelpOf(name)).Select(m => m.Value).ToHashSet(StringComparer.Ordinal));
    }

    private static string HelpOf(string subcommand)
    {
        var program = Directory.GetFiles(Path.Combine(Checkout.Root, "src/CloudStack.Mcp/bin"), "cloudstack-mcp.dll", SearchOption.AllDirectories)
            .MaxBy(File.GetLastWriteTimeUtc)!;
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        foreach (var word in new[] { program, subcommand, "--help" }.Where(w => w.Length > 0))
        {
            start.ArgumentList.Add(word);
        }

        using var process = Process.Start(start)!;
        return process.StandardOutput.ReadToEnd();
    }

    [GeneratedRegex(@"\[Cmdlet\(Verbs\w+\.(\w+), ""(Cs\w+)""")]
    private static partial Regex Declared();

    [GeneratedRegex("^[a-z]+")]
    private static partial Regex FirstWord();

    [GeneratedRegex(@"^  ([a-z]+)\b", RegexOptions.Multiline)]
    private static partial Regex Subcommand();

    [GeneratedRegex(@"--[a-z][a-z-]*")]
    private static partial Regex Option();
}
