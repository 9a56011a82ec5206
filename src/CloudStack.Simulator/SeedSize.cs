using System.Globalization;

namespace CloudStack.Simulator;

/// <summary>Sizes of seeded clouds by name.</summary>
public static class SeedSize
{
    /// <summary>The most machines a cloud is seeded with.</summary>
    public const int Largest = 100_000;

    /// <summary>Reads <c>small</c> (the dozen named machines), <c>medium</c> (500), <c>large</c> (10,000) or a number of machines.</summary>
    /// <param name="text">The text.</param>
    /// <param name="machines">The value for <see cref="SimulatorOptions.MachineCount"/>.</param>
    /// <returns>True where it was understood.</returns>
    public static bool TryParse(string? text, out int machines)
    {
        machines = text switch
        {
            "small" => 0,
            "medium" => 500,
            "large" => 10_000,
            _ => -1,
        };
        return machines >= 0
            || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out machines) && machines <= Largest);
    }
}
