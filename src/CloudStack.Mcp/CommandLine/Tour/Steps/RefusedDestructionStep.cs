using System.Text.Json.Nodes;

namespace CloudStack.Mcp.CommandLine.Tour.Steps;

/// <summary>The assistant tries to destroy the machine and is asked instead; the cloud itself shows that nothing happened.</summary>
internal sealed class RefusedDestructionStep(TourScene scene) : ITourStep
{
    /// <summary>The command.</summary>
    public const string Command = "destroyVirtualMachine";

    public string Headline => "Destroy it: refused without a confirmation";

    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        var version = scene.Cloud.Version;
        scene.DestroyToken = Question.Read(scene, await scene.Assistant.AskAsync(Command, Arguments(), null, cancellationToken), "destroy");
        var sent = scene.Cloud.Requests(Command).Count;
        var state = await scene.Cloud.MachineStateAsync(scene.MachineId, cancellationToken);
        scene.Screen.Say("What the cloud itself says:");
        scene.Screen.Facts(("requests to destroy", $"{sent}"), ("changes", $"{scene.Cloud.Version - version}"), (TourScene.Machine, state ?? "gone"));
        Expect.Equal("The machine's state in the cloud", "Stopped", state);
        Expect.Equal("The cloud's version", version, scene.Cloud.Version);
        Expect.Equal($"The cloud's count of {Command}", 0, sent);
        return "The machine is still there, and the cloud has heard nothing of it";
    }

    /// <summary>The command's arguments.</summary>
    public static JsonObject Arguments() => new() { ["id"] = TourScene.Machine, ["expunge"] = true };
}
