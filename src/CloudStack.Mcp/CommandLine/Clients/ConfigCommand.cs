using System.CommandLine;
using Cloud.Core.Binding;
using Cloud.Core.Errors;
using CloudStack.Mcp.Operation.Configuration;

namespace CloudStack.Mcp.CommandLine.Clients;

/// <summary><c>config</c>: writes what goes into a client's configuration, or checks the server's own.</summary>
internal static class ConfigCommand
{
    private const string Check = "check";

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var client = new Argument<string>("client") { Description = $"One of {string.Join(", ", McpClient.All.Select(c => c.Id))}; or check, with --file." };
        var file = new Option<string?>("--file") { Description = "check: the server's configuration to check.", HelpName = "file" };
        var name = new Option<string>("--name") { Description = "The server's name in the client.", DefaultValueFactory = _ => "cloudstack", HelpName = "name" };
        var url = new Option<string?>("--url") { Description = "The address of a server over HTTP, instead of a program to start.", HelpName = "url" };
        var profile = new Option<string?>("--profile") { Description = "The profile to serve; else the simulated cloud.", HelpName = "name" };
        var readOnly = new Option<bool>("--read-only") { Description = "Let only reads through." };
        var command = new Command("config", "Write what goes into an MCP client's configuration.") { client, file, name, url, profile, readOnly };
        command.SetAction(result => CommandAction.RunAsync(json: false, () =>
        {
            if (result.GetValue(client) == Check)
            {
                CheckFile(result.GetValue(file));
                return Task.FromResult(0);
            }

            var known = Find(result.GetValue(client)!);
            string[] arguments =
            [
                "serve",
                .. result.GetValue(profile) is { } named ? (string[])["--profile", named] : ["--simulator"],
                .. result.GetValue(readOnly) ? (string[])["--read-only"] : [],
            ];
            var entry = new ClientEntry(Name(result.GetValue(name)!), Environment.ProcessPath is { } path && !IsHost(path) ? path : "cloudstack-mcp", arguments)
            {
                Url = Address(result.GetValue(url)),
            };
            var text = new ClientConfig(known).Write(entry);
            Console.Error.WriteLine($"For {known.Title}: {known.Place}");
            Console.Out.WriteLine(text);
            return Task.FromResult(0);
        }));
        return command;
    }

    private static void CheckFile(string? file)
    {
        var config = ConfigFile.Read(file ?? throw Refuse("check needs a file.", "Name it with --file."));
        Console.Out.WriteLine($"The configuration is well: {config.Clouds.Count} cloud(s), default {config.DefaultCloud}.");
    }

    private static McpClient Find(string id) => McpClient.All.FirstOrDefault(c => c.Id.Equals(id, StringComparison.OrdinalIgnoreCase))
        ?? throw Refuse(
            $"There is no client '{id}' here.",
            Spelling.Closest(id, McpClient.All.Select(c => c.Id)) is { } closest
                ? $"Did you mean {closest}?"
                : $"The clients are {string.Join(", ", McpClient.All.Select(c => c.Id))}; others mostly take what cursor takes.");

    // A name stands as a bare key in TOML, and clients build tool names of it.
    private static string Name(string name) => name.Length is > 0 and <= 40 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
        ? name
        : throw Refuse("That can't be a server's name.", "Use letters, digits, hyphens and underscores.");

    private static Uri? Address(string? text) => text is null ? null
        : Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? url
        : throw Refuse($"'{text}' is no http address.", "Write it as https://mcp.example.org/mcp.");

    // Started as a tool or by the runtime's own host, the program is found by its name.
    private static bool IsHost(string path) => Path.GetFileNameWithoutExtension(path).Equals("dotnet", StringComparison.OrdinalIgnoreCase);

    private static CloudException Refuse(string message, string nextStep) => new(ErrorCause.InvalidArgument, message, nextStep);
}
