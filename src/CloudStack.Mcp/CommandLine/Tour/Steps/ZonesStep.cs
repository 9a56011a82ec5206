namespace CloudStack.Mcp.CommandLine.Tour.Steps;

/// <summary>The assistant lists the cloud's zones.</summary>
internal sealed class ZonesStep(TourScene scene) : ITourStep
{
    public string Headline => "List the zones";

    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        var zones = (await scene.Assistant.ReadAsync("listZones", null, [], cancellationToken)).Succeeded();
        scene.Screen.Table(zones.Rows, "name", "networktype", "allocationstate");
        Expect.Equal("The count of zones", "2", zones.Text("count"));
        Expect.Same("The zones", ["fra1", "ams1"], zones.Rows.Select(zone => TourAnswer.Text(zone, "name")));
        Expect.Same("Their states", ["Enabled", "Enabled"], zones.Rows.Select(zone => TourAnswer.Text(zone, "allocationstate")));
        var request = scene.Cloud.Requests("listZones");
        Expect.Equal("The cloud's count of listZones", 1, request.Count);
        return $"Two zones, by one signed {request[0].Method} over HTTP";
    }
}
