namespace CloudStack.Mcp.CommandLine.Tour.Steps;

/// <summary>The assistant destroys the machine with the person's consent.</summary>
internal sealed class ConfirmedDestructionStep(TourScene scene) : ITourStep
{
    public string Headline => "Confirm the destruction";

    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        await scene.Assistant.ChangeAsync(
            RefusedDestructionStep.Command, RefusedDestructionStep.Arguments(), scene.DestroyToken, cancellationToken);
        var left = (await scene.Assistant.ReadAsync(
            "listVirtualMachines", new() { ["name"] = TourScene.Machine, ["listall"] = true }, [], cancellationToken)).Succeeded();
        scene.Screen.Facts(("machines of this name", left.Text("count")));
        Expect.Equal("The count of machines of this name", "0", left.Text("count"));
        Expect.Equal("The machine's state in the cloud", null, await scene.Cloud.MachineStateAsync(scene.MachineId, cancellationToken));
        Expect.Equal(
            $"The cloud's count of {RefusedDestructionStep.Command}", 1, scene.Cloud.Requests(RefusedDestructionStep.Command).Count);
        return $"{TourScene.Machine} is gone, by one request";
    }
}
