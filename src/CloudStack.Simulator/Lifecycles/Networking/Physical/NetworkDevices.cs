using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Networking.Physical;

/// <summary>Machines beside the cloud that serve its networks, and those that count their traffic.</summary>
internal sealed class NetworkDevices : ICommandFamily
{
    private const string Device = "NetworkDeviceResponse";
    private const string Monitor = "TrafficMonitorResponse";
    private const string Type = "type";
    private const string Parameters = "parameters";
    private static readonly string[] Types = ["ExternalDhcp", "PxeServer"];

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Do("addNetworkDevice", AddDevice);
        commands.Do("deleteNetworkDevice", call => Delete(call, Device), looksUp: "id");
        commands.Read("listNetworkDevice", ListDevices);
        commands.Do("addTrafficMonitor", AddMonitor);
        commands.Do("deleteTrafficMonitor", call => Delete(call, Monitor), looksUp: "id");
        commands.Read("listTrafficMonitors", call => Listing.Of(call, Monitor));
    }

    /// <summary>Takes away the monitors of a zone that goes.</summary>
    public static void Forget(CloudState state, Entity zone)
    {
        foreach (var monitor in state.Table(Monitor).Where(monitor => monitor.Text("zoneid") == zone.Id).ToList())
        {
            state.Store.Remove(monitor);
        }
    }

    private static Answer AddDevice(CommandCall call)
    {
        var type = TypeOf(call) ?? throw ApiError.Missing(call.Command.Name, "networkdevicetype");
        var parameters = call.Map("networkdeviceparameterlist");

        if (parameters.TryGetValue("zoneid", out var zone))
        {
            call.Look("networkdeviceparameterlist", zone, ResultClass.Zone);
        }

        var device = call.New(Device);
        device.SetAttribute(Type, type);
        device.SetAttribute(Parameters, parameters);
        call.State.Store.Add(device);
        return Answer.Of(device);
    }

    private static string? TypeOf(CommandCall call) => call.Text("networkdevicetype") is { Length: > 0 } name
        ? Types.FirstOrDefault(type => type.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw PhysicalNetworks.Internal($"Unsupported network device type: {name}; one of {string.Join(", ", Types)} is.")
        : null;

    private static Answer ListDevices(CommandCall call)
    {
        var type = TypeOf(call);
        var wanted = call.Map("networkdeviceparameterlist");
        return Listing.Of(
            call, Device,
            device => (type is null || device.Attribute<string>(Type) == type)
                && device.Attribute<IReadOnlyDictionary<string, string>>(Parameters) is { } own
                && wanted.All(pair => own.GetValueOrDefault(pair.Key) == pair.Value),
            "networkdevicetype", "networkdeviceparameterlist");
    }

    private static Answer AddMonitor(CommandCall call)
    {
        var zone = call.Target("zoneid");
        if (call.State.Table(Monitor).Any(other => other.Text("zoneid") == zone.Id))
        {
            throw ApiError.Refused($"Zone {zone.Name} has a traffic monitor already.");
        }

        var url = call.RequiredText("url");
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Host.Length == 0)
        {
            throw ApiError.Refused($"{url} isn't a valid URL.");
        }

        var options = uri.Query.TrimStart('?').Split('&').Select(option => option.Split('=')).Where(option => option.Length == 2)
            .GroupBy(option => option[0], StringComparer.OrdinalIgnoreCase)
            .ToDictionary(option => option.Key, option => option.First()[1], StringComparer.OrdinalIgnoreCase);
        var monitor = call.New(Monitor);
        monitor["zoneid"] = zone.Id;
        monitor["ipaddress"] = uri.Host;
        monitor["numretries"] = options.GetValueOrDefault("numretries", "2");
        monitor["timeout"] = options.GetValueOrDefault("timeout", "300");
        call.State.Store.Add(monitor);
        return Answer.Of(monitor);
    }

    // The catalog calls both hosts, as which the server keeps them; this cloud's hosts are others.
    private static Answer Delete(CommandCall call, string className)
    {
        call.State.Store.Remove(call.Look("id", call.RequiredText("id"), className));
        return Answer.Done;
    }
}
