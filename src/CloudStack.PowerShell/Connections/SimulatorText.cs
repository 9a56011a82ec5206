using Cloud.Core.Errors;
using CloudStack.Simulator;

namespace CloudStack.PowerShell.Connections;

/// <summary>Reads what people write for a simulated cloud's clock and size.</summary>
internal static class SimulatorText
{
    /// <summary>Reads how time passes.</summary>
    /// <exception cref="CloudException">The text is no pace.</exception>
    public static ClockPace Pace(string text) => ClockPace.TryParse(text, out var pace)
        ? pace!
        : throw new CloudException(
            ErrorCause.InvalidArgument, $"'{text}' is no pace of a clock.", "Write real, stepped, or fast:60 for a minute a second.");

    /// <summary>Reads how many machines there are at least.</summary>
    /// <exception cref="CloudException">The text is no size.</exception>
    public static int Machines(string text) => SeedSize.TryParse(text, out var machines)
        ? machines
        : throw new CloudException(
            ErrorCause.InvalidArgument, $"'{text}' is no size of a cloud.", $"Write small, medium, large, or a number of machines up to {SeedSize.Largest}.");
}
