using System.Globalization;
using System.Net;
using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Lifecycles.Compute;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Infrastructure;

/// <summary>Out-of-band management: what switches a host on and off whether it runs or not.</summary>
internal sealed class HostPower : ICommandFamily
{
    public const string Class = "OutOfBandManagementResponse";
    private const string On = "On";
    private const string Off = "Off";
    private const string Disabled = "Disabled";
    private const string DisabledAttribute = "outofbandmanagement";
    private const long MaxSeconds = 3600;

    private static readonly string[] Drivers = ["ipmitool", "redfish", "nestedcloudstack"];

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Do("configureOutOfBandManagement", Configure);
        commands.Begin("enableOutOfBandManagementForHost", call => SwitchHost(call, isOn: true));
        commands.Begin("disableOutOfBandManagementForHost", call => SwitchHost(call, isOn: false));
        commands.Begin("enableOutOfBandManagementForCluster", call => SwitchPlace(call, "clusterid", isOn: true));
        commands.Begin("disableOutOfBandManagementForCluster", call => SwitchPlace(call, "clusterid", isOn: false));
        commands.Begin("enableOutOfBandManagementForZone", call => SwitchPlace(call, "zoneid", isOn: true));
        commands.Begin("disableOutOfBandManagementForZone", call => SwitchPlace(call, "zoneid", isOn: false));
        commands.Begin("changeOutOfBandManagementPassword", ChangePassword);
        commands.Begin("issueOutOfBandManagementPowerAction", Issue);
    }

    /// <summary>How a host's power is managed, or null where nobody said.</summary>
    public static Entity? Of(CloudState state, Entity host) => state.Table(Class).FirstOrDefault(power => power.Text("hostid") == host.Id);

    /// <summary>True where a power action would be carried out.</summary>
    public static bool IsEnabled(CloudState state, Entity host) => Of(state, host)?.Flag("enabled") == true
        && !IsDisabled(state, host.Text("clusterid")) && !IsDisabled(state, host.Text("zoneid"));

    public static bool IsOff(CloudState state, Entity host) => Of(state, host)?.Text("powerstate") == Off;

    private static bool IsDisabled(CloudState state, string? place) => state.Store.Find(place)?.Attribute<string>(DisabledAttribute) is not null;

    private static Answer Configure(CommandCall call)
    {
        var host = call.Target("hostid");
        var driver = call.RequiredText("driver");
        if (!Drivers.Contains(driver))
        {
            throw ApiError.Refused($"Out-of-band management driver {driver} isn't there; {string.Join(", ", Drivers)} are.");
        }

        if (!ushort.TryParse(call.RequiredText("port"), NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port == 0)
        {
            throw ApiError.Refused($"Invalid port {call.Text("port")}: it lies between 1 and 65535.");
        }

        var address = call.RequiredText("address");
        if (!IPAddress.TryParse(address, out _) && Uri.CheckHostName(address) == UriHostNameType.Unknown)
        {
            throw ApiError.Refused($"Invalid address {address}.");
        }

        var power = Of(call.State, host);
        if (power is null)
        {
            power = call.New(Class);
            power["hostid"] = host.Id;
            power["enabled"] = false;
            power["powerstate"] = Disabled;
            call.State.Store.Add(power);
            host["outofbandmanagement"] = power;
        }

        call.Apply(power, "driver", "address", "port", "username");
        power.SetAttribute(AttributeNames.Password, call.RequiredText("password"));
        return Answer.Of(power);
    }

    private static Work SwitchHost(CommandCall call, bool isOn)
    {
        var host = call.Target("hostid");
        return new Work(host, () => Switch(call.State, host, isOn))
        {
            Begin = () => DemandConfigured(call.State, host),
        };
    }

    private static Answer Switch(CloudState state, Entity host, bool isOn)
    {
        var power = Of(state, host)!;
        power["enabled"] = isOn;
        power["powerstate"] = !isOn ? Disabled : host.State == "Up" ? On : Off;
        HostAvailability.Judge(state, host);
        return Answer.Of(power);
    }

    private static Work SwitchPlace(CommandCall call, string field, bool isOn)
    {
        var place = call.Target(field);
        return new Work(place, () =>
        {
            place.SetAttribute(DisabledAttribute, isOn ? null : Disabled);
            foreach (var host in HostTies.HostsIn(call.State, field, place))
            {
                HostAvailability.Judge(call.State, host);
            }

            var shown = call.New(Class);
            shown["enabled"] = isOn;
            shown["status"] = true;
            return Answer.Of(shown);
        });
    }

    private static Work ChangePassword(CommandCall call)
    {
        var host = call.Target("hostid");
        return new Work(host, () =>
        {
            var power = Of(call.State, host)!;
            power.SetAttribute(AttributeNames.Password, call.Text("password") is { Length: > 0 } given ? given : call.State.Ids.NextText(16));
            return Shown(power, null);
        })
        {
            Begin = () => DemandEnabled(call.State, host),
        };
    }

    private static Work Issue(CommandCall call)
    {
        var host = call.Target("hostid");
        var action = call.RequiredText("action").ToUpperInvariant();
        if (action is not ("ON" or "OFF" or "CYCLE" or "RESET" or "SOFT" or "STATUS"))
        {
            throw ApiError.Refused($"Invalid out-of-band management action {call.Text("action")}.");
        }

        if (call.Number("timeout") is <= 0 or > MaxSeconds)
        {
            throw ApiError.Refused($"The timeout is a number of seconds from 1 to {MaxSeconds}.");
        }

        return new Work(host, () =>
        {
            Act(call.State, host, action);
            return Shown(Of(call.State, host)!, action);
        })
        {
            Begin = () =>
            {
                DemandEnabled(call.State, host);
                if (action is "CYCLE" or "RESET" or "SOFT" && IsOff(call.State, host))
                {
                    throw Failed($"The host {host.Name} is off: {action} needs its power on.");
                }
            },
        };
    }

    private static void Act(CloudState state, Entity host, string action)
    {
        switch (action)
        {
            case "ON":
                PowerOn(state, host);
                break;
            case "OFF" or "SOFT":
                PowerOff(state, host);
                break;
            case "CYCLE" or "RESET":
                PowerOff(state, host);
                PowerOn(state, host);
                break;
        }
    }

    private static void PowerOn(CloudState state, Entity host)
    {
        Of(state, host)!["powerstate"] = On;
        host["state"] = "Up";
        host["disconnected"] = null;
        host["lastpinged"] = state.Clock.GetUtcNow();
        HostAvailability.Judge(state, host);
    }

    /// <summary>The machines of a host without power start on others where they're highly available, and are stopped otherwise.</summary>
    private static void PowerOff(CloudState state, Entity host)
    {
        Of(state, host)!["powerstate"] = Off;
        if (host.State == "Up")
        {
            host["state"] = "Disconnected";
            host["disconnected"] = state.Clock.GetUtcNow();
        }

        foreach (var machine in Hosts.MachinesOn(state, host))
        {
            if (machine.Flag("haenable"))
            {
                Hosts.MoveAway(state, machine);
            }
            else
            {
                MachineBuilder.Stop(state, machine);
            }
        }

        HostAvailability.Judge(state, host);
    }

    private static Answer Shown(Entity power, string? action)
    {
        var shown = power.Copy();
        shown["action"] = action;
        shown["status"] = true;
        shown["description"] = "Successful";
        return Answer.Of(shown);
    }

    private static void DemandConfigured(CloudState state, Entity host)
    {
        if (Of(state, host) is null)
        {
            throw Failed($"Out-of-band management isn't configured for the host {host.Name}; configure it first.");
        }
    }

    private static void DemandEnabled(CloudState state, Entity host)
    {
        DemandConfigured(state, host);
        if (!IsEnabled(state, host))
        {
            throw Failed($"Out-of-band management isn't enabled for the host {host.Name}, its cluster and its zone.");
        }
    }

    private static ApiError Failed(string text) => new(ApiError.Internal, text, null);
}
