using System.Text.Json.Nodes;

namespace CloudStack.Mcp.CommandLine.Tour.Steps;

/// <summary>The assistant finds a command by what it does.</summary>
internal sealed class SearchStep(TourScene scene) : ITourStep
{
    private const string Wanted = "deployVirtualMachine";

    public string Headline => "Find the command for a task";

    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        var query = new JsonObject { ["query"] = "start a new machine", ["limit"] = 3 };
        var found = (await scene.Assistant.CallAsync("cloud_search", query, cancellationToken)).Succeeded();
        var commands = found.Json.GetProperty("commands").EnumerateArray().ToList();
        scene.Screen.Table(commands, "command", "effect", "about");
        Expect.That(commands.Count > 0, "The search", "a command", found.Json);
        Expect.Equal("The first command found", Wanted, TourAnswer.Text(commands[0], "command"));
        return $"{Wanted} comes first of all commands";
    }
}
