namespace CloudStack.Simulator.State;

/// <summary>How the cloud of a state file began; together with its changes this is the whole cloud.</summary>
/// <param name="Started">When it was seeded, by its own clock.</param>
/// <param name="MachineCount">As in <see cref="SimulatorOptions"/>.</param>
/// <param name="Seed">As in <see cref="SimulatorOptions"/>.</param>
/// <param name="DownloadTime">As in <see cref="SimulatorOptions"/>.</param>
/// <param name="ServerVersion">As in <see cref="SimulatorOptions"/>.</param>
internal sealed record StateHeader(DateTimeOffset Started, int MachineCount, int Seed, TimeSpan DownloadTime, string ServerVersion)
{
    /// <summary>How many changes the last compaction kept; 0 before the first.</summary>
    public int Kept { get; init; }

    public static StateHeader Of(SimulatorOptions options) => new(
        options.Clock.GetUtcNow(), options.MachineCount, options.Seed, options.DownloadTime, options.ServerVersion);

    /// <summary>The options with those that the file decides.</summary>
    public SimulatorOptions ApplyTo(SimulatorOptions options) => options with
    {
        MachineCount = MachineCount,
        Seed = Seed,
        DownloadTime = DownloadTime,
        ServerVersion = ServerVersion,
    };
}
