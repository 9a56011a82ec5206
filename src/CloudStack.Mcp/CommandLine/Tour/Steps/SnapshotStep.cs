using System.Text.Json.Nodes;

namespace CloudStack.Mcp.CommandLine.Tour.Steps;

/// <summary>The assistant takes a snapshot of the machine's root volume.</summary>
internal sealed class SnapshotStep(TourScene scene) : ITourStep
{
    private const string Name = "tour-01-before-destroy";

    public string Headline => "Take a snapshot of its root volume";

    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        var filter = new JsonObject { ["virtualmachineid"] = TourScene.Machine, ["type"] = "ROOT" };
        var volumes = (await scene.Assistant.ReadAsync("listVolumes", filter, ["id", "name", "vmname"], cancellationToken)).Succeeded();
        scene.Screen.Table(volumes.Rows, "id", "name", "vmname");
        Expect.Equal("The count of root volumes", 1, volumes.Rows.Count);
        var volume = TourAnswer.Text(volumes.Rows[0], "name");
        Expect.Equal("The volume's machine", TourScene.Machine, TourAnswer.Text(volumes.Rows[0], "vmname"));

        var arguments = new JsonObject { ["volumeid"] = TourAnswer.Text(volumes.Rows[0], "id"), ["name"] = Name };
        var snapshot = (await scene.Assistant.ChangeAsync("createSnapshot", arguments, null, cancellationToken)).Result;
        scene.Screen.Table([snapshot], "name", "volumename", "state");
        Expect.Equal("The snapshot's name", Name, TourAnswer.Text(snapshot, "name"));
        Expect.Equal("The snapshot's volume", volume, TourAnswer.Text(snapshot, "volumename"));
        Expect.Equal("The snapshot's state", "BackedUp", TourAnswer.Text(snapshot, "state"));
        return $"A snapshot of {volume} is backed up";
    }
}
