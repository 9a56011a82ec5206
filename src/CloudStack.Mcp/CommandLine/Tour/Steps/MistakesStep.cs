using System.Text.Json.Nodes;

namespace CloudStack.Mcp.CommandLine.Tour.Steps;

/// <summary>Mistakes and what they are answered with: the cause and the next step, before anything is changed.</summary>
internal sealed class MistakesStep(TourScene scene) : ITourStep
{
    public string Headline => "Make mistakes, and be told how to go on";

    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        var version = scene.Cloud.Version;
        var name = await scene.Assistant.AskAsync("startVirtualMachine", new() { ["id"] = "web-99" }, null, cancellationToken);
        Show(name);
        name.Failed("NotFound");
        Expect.That(name.Error("message").Contains("web-99", StringComparison.Ordinal), "The error", "the wrong name", name.Error("message"));

        var requests = scene.Cloud.RequestCount;
        var misspelt = await scene.Assistant.ReadAsync(
            "listVirtualMachines", new JsonObject { ["zonid"] = "fra1" }, [], cancellationToken);
        Show(misspelt);
        misspelt.Failed("InvalidArgument");
        var text = misspelt.Error("message") + misspelt.Error("next");
        Expect.That(text.Contains("zoneid", StringComparison.OrdinalIgnoreCase), "The error", "the name that was meant", text);
        Expect.Equal("Requests of the misspelt call", 0, scene.Cloud.RequestCount - requests);
        Expect.Equal("The cloud's version", version, scene.Cloud.Version);
        return "Both errors name the cause and the next step; nothing was changed";
    }

    private void Show(TourAnswer answer) => scene.Screen.Facts(
        ("error", answer.Error("message")), ("cause", answer.Error("cause")), ("next", answer.Error("next")));
}
