using System.Globalization;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Protocol;

namespace CloudStack.Simulator.Lifecycles.Images;

/// <summary>A network interface that an appliance has by its template.</summary>
/// <param name="Device">Its place, counted from 0.</param>
/// <param name="Name">What it's for.</param>
/// <param name="IsRequired">True where the appliance doesn't work without.</param>
internal sealed record VnfNic(int Device, string Name, bool IsRequired)
{
    private const int Most = 64;

    /// <summary>Reads the interfaces that a call describes, in the order of their devices.</summary>
    /// <exception cref="ApiError">One has no name or place, or the places have gaps or repeat.</exception>
    public static IReadOnlyList<VnfNic> Read(CommandCall call, string name)
    {
        var nics = call.Records(name).Select(Read).OrderBy(nic => nic.Device).ToList();
        for (var i = 0; i < nics.Count; i++)
        {
            if (nics[i].Device != i)
            {
                throw ApiError.Refused($"The devices of {name} have to count from 0 without a gap; {i} is missing or there twice.");
            }

            if (i > 0 && nics[i].IsRequired && !nics[i - 1].IsRequired)
            {
                throw ApiError.Refused($"The required interface {nics[i].Name} can't come after one that isn't required.");
            }
        }

        return nics;
    }

    private static VnfNic Read(IReadOnlyDictionary<string, string> record)
    {
        var isPlace = int.TryParse(record.GetValueOrDefault("deviceid"), NumberStyles.None, CultureInfo.InvariantCulture, out var place);
        if (!isPlace || place >= Most || record.GetValueOrDefault("name") is not { Length: > 0 } name)
        {
            throw ApiError.Refused($"An interface of a network function needs a name and a deviceid from 0 to {Most - 1}.");
        }

        return new VnfNic(place, name, !string.Equals(record.GetValueOrDefault("required"), "false", StringComparison.OrdinalIgnoreCase));
    }
}
