using System.Net;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Lifecycles.Operations;
using CloudStack.Simulator.Protocol;

namespace CloudStack.Simulator.Identity;

/// <summary>From where an account may call (protocol note, section 7): its own setting, else its domain's, else the global one.</summary>
internal static class SourceAddresses
{
    private const string Setting = "api.allowed.source.cidr.list";

    /// <summary>True where an account may call from an address.</summary>
    public static bool Allow(CloudState state, Caller caller, IPAddress address)
    {
        var list = Configurations.ValueOf(state, Setting, caller.Domain, caller.Account) ?? "";
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return Networks(list).Any(network => network is { } known && known.Contains(plain));
    }

    /// <summary>Refuses a value of the setting that isn't a list of networks; other settings aren't looked at.</summary>
    /// <exception cref="ApiError">One of its parts is no network.</exception>
    public static void Demand(string? setting, string value)
    {
        if (setting == Setting && Networks(value).Any(network => network is null))
        {
            throw ApiError.Refused($"The value {value} of {Setting} isn't a list of networks such as 10.1.0.0/16,::1/128.");
        }
    }

    private static IEnumerable<IPNetwork?> Networks(string list) => list
        .Split(',', StringSplitOptions.TrimEntries)
        .Select(part => IPNetwork.TryParse(part, out var network) ? network : (IPNetwork?)null);
}
