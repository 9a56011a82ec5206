using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Infrastructure;

/// <summary>High availability of hosts: a provider that looks after a host, as long as its power can be managed.</summary>
internal sealed class HostAvailability : ICommandFamily
{
    public const string Class = "HostHAResponse";
    private const string Disabled = "Disabled";
    private const string DisabledAttribute = "hostha";

    private static readonly (string Name, string Hypervisor)[] Providers = [("kvmhaprovider", "KVM"), ("simulatorhaprovider", "Simulator")];

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Read("listHostHAProviders", ListProviders);
        commands.Read("listHostHAResources", call => Answer.List(call.State.Table(Class)
            .Where(ha => call.Text("hostid") is not { } id || ha.Text("hostid") == id)));
        commands.Begin("configureHAForHost", Configure);
        commands.Begin("enableHAForHost", call => SwitchHost(call, isOn: true));
        commands.Begin("disableHAForHost", call => SwitchHost(call, isOn: false));
        commands.Begin("enableHAForCluster", call => SwitchPlace(call, "clusterid", isOn: true));
        commands.Begin("disableHAForCluster", call => SwitchPlace(call, "clusterid", isOn: false));
        commands.Begin("enableHAForZone", call => SwitchPlace(call, "zoneid", isOn: true));
        commands.Begin("disableHAForZone", call => SwitchPlace(call, "zoneid", isOn: false));
    }

    /// <summary>Sets the state that follows from what is enabled and how the host is.</summary>
    public static void Judge(CloudState state, Entity host)
    {
        if (Of(state, host) is not { } ha)
        {
            return;
        }

        ha["hastate"] = !ha.Flag("haenable") || IsDisabled(state, host.Text("clusterid")) || IsDisabled(state, host.Text("zoneid")) ? Disabled
            : !HostPower.IsEnabled(state, host) ? "Ineligible"
            : HostPower.IsOff(state, host) ? "Fenced"
            : "Available";
        host["hahost"] = ha.Flag("haenable");
    }

    private static Entity? Of(CloudState state, Entity host) => state.Table(Class).FirstOrDefault(ha => ha.Text("hostid") == host.Id);

    private static bool IsDisabled(CloudState state, string? place) => state.Store.Find(place)?.Attribute<string>(DisabledAttribute) is not null;

    private static Answer ListProviders(CommandCall call)
    {
        var hypervisor = call.RequiredText("hypervisor");
        return Answer.List(Providers.Where(p => p.Hypervisor.Equals(hypervisor, StringComparison.OrdinalIgnoreCase)).Select(provider =>
        {
            var shown = call.New(Class);
            shown["haprovider"] = provider.Name;
            return shown;
        }));
    }

    private static Work Configure(CommandCall call)
    {
        var host = call.Target("hostid");
        var provider = call.RequiredText("provider");
        if (!Array.Exists(Providers, p => p.Name == provider && p.Hypervisor == host.Text("hypervisor")))
        {
            throw ApiError.Refused($"The provider {provider} doesn't fit the hypervisor {host.Text("hypervisor")} of the host {host.Name}.");
        }

        return new Work(host, () =>
        {
            if (Of(call.State, host) is not { } ha)
            {
                ha = call.New(Class);
                ha["hostid"] = host.Id;
                ha["haenable"] = false;
                ha["status"] = true;
                call.State.Store.Add(ha);
                host["hostha"] = ha;
            }

            ha["haprovider"] = provider;
            Judge(call.State, host);
            return Answer.Of(ha);
        });
    }

    private static Work SwitchHost(CommandCall call, bool isOn)
    {
        var host = call.Target("hostid");
        return new Work(host, () =>
        {
            var ha = Of(call.State, host)!;
            ha["haenable"] = isOn;
            Judge(call.State, host);
            return Answer.Of(ha);
        })
        {
            Begin = () =>
            {
                if (Of(call.State, host) is null)
                {
                    throw new ApiError(ApiError.Internal, $"High availability isn't configured for the host {host.Name}; configure a provider first.", null);
                }
            },
        };
    }

    private static Work SwitchPlace(CommandCall call, string field, bool isOn)
    {
        var place = call.Target(field);
        return new Work(place, () =>
        {
            place.SetAttribute(DisabledAttribute, isOn ? null : Disabled);
            foreach (var host in HostTies.HostsIn(call.State, field, place))
            {
                Judge(call.State, host);
            }

            return Answer.Done;
        });
    }
}
