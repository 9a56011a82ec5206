using System.Text.Json.Nodes;

namespace CloudStack.Mcp.CommandLine.Tour.Steps;

/// <summary>The assistant deploys a machine, naming everything by its name.</summary>
internal sealed class DeployStep(TourScene scene) : ITourStep
{
    private const string Command = "deployVirtualMachine";

    private static readonly string[] Identifiers = ["zoneid", "serviceofferingid", "templateid"];

    public string Headline => "Deploy a machine by names, and follow the job";

    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        var arguments = new JsonObject
        {
            ["zoneid"] = "fra1",
            ["serviceofferingid"] = OfferingsStep.Size,
            ["templateid"] = OfferingsStep.Template,
            ["name"] = TourScene.Machine,
        };
        var answer = await scene.Assistant.ChangeAsync(Command, arguments, null, cancellationToken);
        var machine = answer.Result;
        scene.Screen.Table([machine], "name", "state", "zonename", "serviceofferingname", "templatename");
        scene.Screen.Say($"In PowerShell: {answer.Text("powershell")}");
        scene.MachineId = TourAnswer.Text(machine, "id");
        Expect.Equal("The machine's name", TourScene.Machine, TourAnswer.Text(machine, "name"));
        Expect.Equal("The machine's size", OfferingsStep.Size, TourAnswer.Text(machine, "serviceofferingname"));
        Expect.Equal("The machine's template", OfferingsStep.Template, TourAnswer.Text(machine, "templatename"));
        Expect.Equal("The machine's state in the cloud", "Running", await scene.Cloud.MachineStateAsync(scene.MachineId, cancellationToken));

        var sent = scene.Cloud.Requests(Command);
        Expect.Equal($"The cloud's count of {Command}", 1, sent.Count);
        foreach (var name in Identifiers)
        {
            var value = sent[0].Parameters.GetValueOrDefault(name);
            Expect.That(Guid.TryParse(value, out _), $"The {name} that was sent", "the name's identifier", value);
        }

        return $"{TourScene.Machine} runs; its three names went out as identifiers, in one request";
    }
}
