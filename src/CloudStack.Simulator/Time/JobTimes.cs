namespace CloudStack.Simulator;

/// <summary>How long jobs take once it is their turn.</summary>
public sealed record JobTimes
{
    // How far a believable time lies from the usual one, either way.
    private const double Spread = 0.3;

    private static readonly Dictionary<string, TimeSpan> OnRealClouds = new Dictionary<string, int>(StringComparer.Ordinal)
    {
        ["deployVirtualMachine"] = 25,
        ["startVirtualMachine"] = 12,
        ["stopVirtualMachine"] = 10,
        ["rebootVirtualMachine"] = 15,
        ["destroyVirtualMachine"] = 10,
        ["restoreVirtualMachine"] = 30,
        ["migrateVirtualMachine"] = 40,
        ["scaleVirtualMachine"] = 8,
        ["createVMSnapshot"] = 20,
        ["revertToVMSnapshot"] = 30,
        ["createSnapshot"] = 45,
        ["copySnapshot"] = 60,
        ["migrateVolume"] = 90,
        ["createTemplate"] = 90,
        ["copyTemplate"] = 120,
        ["copyIso"] = 60,
        ["extractTemplate"] = 60,
        ["extractVolume"] = 60,
        ["prepareHostForMaintenance"] = 60,
        ["restartNetwork"] = 45,
        ["restartVPC"] = 60,
        ["createVPC"] = 45,
        ["startRouter"] = 40,
        ["rebootRouter"] = 45,
        ["startSystemVm"] = 40,
        ["rebootSystemVm"] = 45,
        ["createKubernetesCluster"] = 420,
        ["scaleKubernetesCluster"] = 240,
        ["upgradeKubernetesCluster"] = 600,
        ["createBackup"] = 120,
        ["restoreBackup"] = 180,
    }.ToDictionary(pair => pair.Key, pair => TimeSpan.FromSeconds(pair.Value), StringComparer.Ordinal);

    /// <summary>Jobs are done when their ticket is answered.</summary>
    public static JobTimes None { get; } = new();

    /// <summary>About as long as on a real cloud: most jobs 4 s, a new machine 25 s, a snapshot 45 s; each a bit different.</summary>
    public static JobTimes Believable { get; } = new() { Usual = TimeSpan.FromSeconds(4), ByCommand = OnRealClouds, Varies = true };

    /// <summary>How long a job takes whose command isn't in <see cref="ByCommand"/>.</summary>
    public TimeSpan Usual { get; init; }

    /// <summary>How long the jobs of certain commands take.</summary>
    public IReadOnlyDictionary<string, TimeSpan> ByCommand { get; init; } = new Dictionary<string, TimeSpan>();

    /// <summary>Whether each job's time differs from the usual by up to 30 % either way.</summary>
    public bool Varies { get; init; }

    /// <summary>Every job takes the same time.</summary>
    /// <param name="time">How long.</param>
    /// <returns>The times.</returns>
    public static JobTimes Fixed(TimeSpan time) => new() { Usual = time };

    /// <summary>The time of one job; the same job always gets the same.</summary>
    internal TimeSpan Of(string command, string jobId)
    {
        var usual = ByCommand.TryGetValue(command, out var known) ? known : Usual;
        var part = Convert.ToInt32(jobId[..2], 16) / 255.0;
        return Varies ? usual * (1 - Spread + (2 * Spread * part)) : usual;
    }
}
