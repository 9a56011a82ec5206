using System.Text.Json.Nodes;

namespace CloudStack.Mcp.CommandLine.Tour.Steps;

/// <summary>The assistant stops the machine: it's asked first, then confirms.</summary>
internal sealed class StopStep(TourScene scene) : ITourStep
{
    /// <summary>The command.</summary>
    public const string Command = "stopVirtualMachine";

    public string Headline => "Stop it: what disrupts a service is confirmed first";

    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        var version = scene.Cloud.Version;
        var token = Question.Read(scene, await scene.Assistant.AskAsync(Command, Arguments(), null, cancellationToken), "disrupt");
        Expect.Equal("The cloud's version after the question", version, scene.Cloud.Version);
        Expect.Equal($"The cloud's count of {Command}", 0, scene.Cloud.Requests(Command).Count);

        scene.Screen.Say("The person agrees, so the assistant calls again with the token.");
        var answer = await scene.Assistant.ChangeAsync(Command, Arguments(), token, cancellationToken);
        scene.Screen.Table([answer.Result], "name", "state");
        scene.UsedToken = token;
        Expect.Equal("The machine's state", "Stopped", TourAnswer.Text(answer.Result, "state"));
        Expect.Equal("Its state in the cloud", "Stopped", await scene.Cloud.MachineStateAsync(scene.MachineId, cancellationToken));
        return "Asked, confirmed, stopped; nothing was sent before the confirmation";
    }

    /// <summary>The command's arguments.</summary>
    public static JsonObject Arguments() => new() { ["id"] = TourScene.Machine };
}
