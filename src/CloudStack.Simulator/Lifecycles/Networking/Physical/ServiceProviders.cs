using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Lifecycles.Appliances;
using CloudStack.Simulator.Lifecycles.Networking.Balancers;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Networking.Physical;

/// <summary>Providers of a physical network: added disabled, enabled when they're configured, removed when no network uses them.</summary>
internal sealed class ServiceProviders : ICommandFamily
{
    public const string Class = "ProviderResponse";
    public const string Enabled = "Enabled";
    private const string Disabled = "Disabled";
    private const string Shutdown = "Shutdown";

    // The switches that a provider needs on before it's enabled.
    private static readonly Dictionary<string, string> SwitchOf = new(StringComparer.Ordinal)
    {
        [NetworkElement.Router] = RouterElements.Router,
        [NetworkElement.VpcRouter] = RouterElements.Router,
        [NetworkElement.InternalBalancer] = InternalBalancerElements.Class,
    };

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Begin("addNetworkServiceProvider", AddTo);
        commands.Begin("updateNetworkServiceProvider", Update);
        commands.Begin("deleteNetworkServiceProvider", Delete);
        commands.Read("listNetworkServiceProviders", call => Listing.Of(call, Class));
        commands.Read("listSupportedNetworkServices", ListServices);
    }

    /// <summary>The providers of a physical network.</summary>
    public static IEnumerable<Entity> On(CloudState state, Entity physical) =>
        state.Table(Class).Where(provider => provider.Text("physicalnetworkid") == physical.Id);

    /// <summary>Gives a new physical network the providers that each has.</summary>
    public static void AddUsual(CloudState state, Entity physical)
    {
        foreach (var element in NetworkElement.All.Where(element => element.IsUsual))
        {
            var provider = Add(state, physical, element, element.Services);
            if (SwitchOf.TryGetValue(element.Name, out var className))
            {
                AddSwitch(state, className, provider);
            }
        }
    }

    /// <summary>Makes a provider's switch, which is off.</summary>
    public static Entity AddSwitch(CloudState state, string className, Entity provider)
    {
        var element = state.New(className);
        element["nspid"] = provider.Id;
        element["enabled"] = false;
        state.Store.Add(element);
        return element;
    }

    /// <summary>The switches of a provider.</summary>
    public static IEnumerable<Entity> SwitchesOf(CloudState state, Entity provider) =>
        SwitchOf.Values.Distinct().SelectMany(className => state.Table(className)).Where(element => element.Text("nspid") == provider.Id);

    /// <summary>Takes a provider away with its switches.</summary>
    public static void Remove(CloudState state, Entity provider)
    {
        provider["state"] = Shutdown;
        foreach (var element in SwitchesOf(state, provider).ToList())
        {
            state.Store.Remove(element);
        }

        state.Store.Remove(provider);
    }

    /// <exception cref="ApiError">A service of an offering isn't to be had on a physical network.</exception>
    public static void DemandOffered(CloudState state, Entity physical, Entity offering)
    {
        var providers = On(state, physical).Where(provider => provider.State == Enabled).ToList();
        foreach (var service in offering.Items("service"))
        {
            foreach (var named in service.Items("provider"))
            {
                if (!providers.Any(provider => provider.Name == named.Name && provider.Texts("servicelist").Contains(service.Name)))
                {
                    throw PhysicalNetworks.Internal(
                        $"Provider {named.Name} is either not enabled or doesn't support service {service.Name} "
                        + $"on physical network {physical.Name}.");
                }
            }
        }
    }

    private static Entity Add(CloudState state, Entity physical, NetworkElement element, IReadOnlyList<string> services)
    {
        var provider = state.New(Class);
        provider["name"] = element.Name;
        provider["physicalnetworkid"] = physical.Id;
        provider["state"] = Disabled;
        provider["servicelist"] = services;
        provider["canenableindividualservice"] = element.IsDivisible;
        state.Store.Add(provider);
        return provider;
    }

    private static Work AddTo(CommandCall call)
    {
        var physical = call.Target("physicalnetworkid");
        var element = Known(call.RequiredText("name"));
        if (On(call.State, physical).Any(provider => provider.Name == element.Name))
        {
            throw PhysicalNetworks.Internal($"The provider {element.Name} already exists on physical network {physical.Name}.");
        }

        var services = call.Texts("servicelist") is { Count: > 0 } wanted ? Services(element, wanted) : element.Services;
        if (!element.IsDivisible && services.Count != element.Services.Length)
        {
            throw ApiError.Refused($"Can't enable some services only of the provider {element.Name}: {string.Join(", ", element.Services)}.");
        }

        var made = Add(call.State, physical, element, services);
        made["destinationphysicalnetworkid"] = call.Find("destinationphysicalnetworkid")?.Id;
        return new Work(made, () => Answer.Of(made)) { Queue = physical, Abandon = () => call.State.Store.Remove(made) };
    }

    private static NetworkElement Known(string name) =>
        NetworkElement.Find(name) ?? throw ApiError.Refused($"Invalid Network Service Provider={name}");

    private static IReadOnlyList<string> Services(NetworkElement element, IReadOnlyList<string> wanted) =>
    [
        .. wanted.Select(name => element.Services.FirstOrDefault(service => service.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw ApiError.Refused(NetworkElement.AllServices.Contains(name, StringComparer.OrdinalIgnoreCase)
                ? $"The provider {element.Name} can't provide the service {name}."
                : $"Invalid Network Service specified={name}")).Distinct(),
    ];

    private static Work Update(CommandCall call)
    {
        var provider = call.Target("id");
        return Work.On(provider, () =>
        {
            DemandState(call, provider);
            if (call.Texts("servicelist") is { Count: > 0 } wanted)
            {
                var element = Known(provider.Name!);
                provider["servicelist"] = element.IsDivisible
                    ? Services(element, wanted)
                    : throw ApiError.Refused($"Can't update the set of services of the provider {element.Name}.");
            }

            call.Apply(provider, "state");
        });
    }

    private static void DemandState(CommandCall call, Entity provider)
    {
        switch (call.Text("state"))
        {
            case null or Disabled:
                return;
            case Enabled:
                if (SwitchOf.ContainsKey(provider.Name!) && !SwitchesOf(call.State, provider).Any(element => element.Flag("enabled")))
                {
                    throw PhysicalNetworks.Internal(
                        $"The provider {provider.Name} isn't ready and can't be enabled; please configure its element first (enabled=true).");
                }

                return;
            case Shutdown:
                throw ApiError.Refused("Updating the provider state to 'Shutdown' is not supported");
            case var state:
                throw ApiError.Refused($"Unable to resolve state '{state}' to a supported value: Enabled or Disabled.");
        }
    }

    private static Work Delete(CommandCall call)
    {
        var provider = call.Target("id");
        return new Work(provider, () =>
        {
            if (call.State.Table(ResultClass.Network).FirstOrDefault(network => Uses(network, provider)) is { } user)
            {
                throw PhysicalNetworks.Internal(
                    $"The provider {provider.Name} isn't deletable because active networks use it, such as {user.Name}; "
                    + "please upgrade these networks to new network offerings.");
            }

            Remove(call.State, provider);
            return Answer.Done;
        });
    }

    private static bool Uses(Entity network, Entity provider) =>
        network.Text("physicalnetworkid") == provider.Text("physicalnetworkid")
        && network.Items("service").Any(service => service.Items("provider").Any(named => named.Name == provider.Name));

    private static Answer ListServices(CommandCall call)
    {
        var element = call.Text("provider") is { Length: > 0 } name ? Known(name) : null;
        var wanted = call.Text("service");
        if (wanted is { Length: > 0 } && !NetworkElement.AllServices.Contains(wanted, StringComparer.OrdinalIgnoreCase))
        {
            throw ApiError.Refused($"Invalid Network Service specified={wanted}");
        }

        return Answer.List((element?.Services ?? NetworkElement.AllServices)
            .Where(service => wanted is not { Length: > 0 } || service.Equals(wanted, StringComparison.OrdinalIgnoreCase))
            .Select(service => Describe(call, service)));
    }

    private static Entity Describe(CommandCall call, string service)
    {
        var row = call.New(call.Command.Result);
        row["name"] = service;
        row["provider"] = NetworkElement.All.Where(element => element.Services.Contains(service)).Select(element =>
        {
            var provider = call.New(Class);
            provider["id"] = null;
            provider["name"] = element.Name;
            provider["servicelist"] = element.Services;
            provider["canenableindividualservice"] = element.IsDivisible;
            return provider;
        });
        row["capability"] = NetworkElement.CapabilitiesOf(service).Select(known =>
        {
            var capability = call.New("CapabilityResponse");
            capability["name"] = known.Name;
            capability["value"] = known.Value;
            capability["canchooseservicecapability"] = known.MayChoose;
            return capability;
        });
        return row;
    }
}
