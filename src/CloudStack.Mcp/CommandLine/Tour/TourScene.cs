namespace CloudStack.Mcp.CommandLine.Tour;

/// <summary>What the steps share: who calls, who looks, where it's shown, and what earlier steps found.</summary>
/// <param name="assistant">Calls the server.</param>
/// <param name="cloud">Looks into the cloud.</param>
/// <param name="screen">Shows it.</param>
/// <param name="auditPath">The server's audit trail.</param>
internal sealed class TourScene(TourAssistant assistant, SimulatorView cloud, TourScreen screen, string auditPath)
{
    /// <summary>The name of the machine that the tour is about.</summary>
    public const string Machine = "tour-01";

    /// <summary>Calls the server.</summary>
    public TourAssistant Assistant { get; } = assistant;

    /// <summary>Looks into the cloud.</summary>
    public SimulatorView Cloud { get; } = cloud;

    /// <summary>Shows it.</summary>
    public TourScreen Screen { get; } = screen;

    /// <summary>The server's audit trail.</summary>
    public string AuditPath { get; } = auditPath;

    /// <summary>The machine's identifier, once it's deployed.</summary>
    public string MachineId { get; set; } = "";

    /// <summary>The token that confirmed the machine's stop, once it's used.</summary>
    public string UsedToken { get; set; } = "";

    /// <summary>The token that would confirm the machine's destruction, once it's issued.</summary>
    public string DestroyToken { get; set; } = "";
}
