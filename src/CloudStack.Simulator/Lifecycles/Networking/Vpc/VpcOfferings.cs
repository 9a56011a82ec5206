using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Lifecycles.Offerings;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Networking.Vpc;

/// <summary>VPC offerings: made disabled, enabled before use, deleted when no VPC is of them.</summary>
internal sealed class VpcOfferings : ICommandFamily
{
    public const string Class = "VpcOfferingResponse";
    private const string Redundant = "redundant";

    /// <summary>What a VPC can do for its tiers.</summary>
    public static readonly IReadOnlyList<string> Services =
        ["Dhcp", "Dns", "UserData", "SourceNat", "StaticNat", "PortForwarding", "Lb", "NetworkACL", "Vpn", "Gateway", "Connectivity"];

    private static readonly string[] Usual =
        ["Dhcp", "Dns", "UserData", "SourceNat", "StaticNat", "PortForwarding", "Lb", "NetworkACL", "Vpn"];

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Read("listVPCOfferings", call => Listing.Of(
            call, Class, offering => OfferingScope.IsIn(call, offering) && HasServices(call, offering), "zoneid", "supportedservices"));
        commands.Begin("createVPCOffering", Create);
        commands.Begin("updateVPCOffering", Update);
        commands.Begin("deleteVPCOffering", Delete);
    }

    /// <summary>Makes an offering that is in use at once.</summary>
    public static Entity Create(CloudState state, string name, string text, IReadOnlyList<string> services, bool isRedundant)
    {
        var offering = state.New(Class);
        offering["name"] = name;
        offering["displaytext"] = text;
        offering["created"] = state.Clock.GetUtcNow();
        offering["isdefault"] = false;
        offering["distributedvpcrouter"] = false;
        offering["supportsregionLevelvpc"] = false;
        offering["state"] = "Enabled";
        offering["service"] = services.Select(service => OfferingBuilder.Service(state, service, "VpcVirtualRouter")).ToList();
        offering.SetAttribute(Redundant, isRedundant ? Redundant : null);
        state.Store.Add(offering);
        return offering;
    }

    /// <summary>True where the VPCs of an offering have two routers.</summary>
    public static bool IsRedundant(Entity offering) => offering.Attribute<string>(Redundant) is not null;

    /// <summary>Makes the offerings that every cloud has.</summary>
    public static void PlantDefaults(CloudState state)
    {
        Create(state, "Default VPC offering", "VPC with one router", Usual, isRedundant: false)["isdefault"] = true;
        Create(state, "Redundant VPC offering", "VPC with two routers", Usual, isRedundant: true)["isdefault"] = true;
    }

    private static bool HasServices(CommandCall call, Entity offering) =>
        call.Texts("supportedservices").All(service => GuestNetworks.HasService(offering, service));

    private static Work Create(CommandCall call)
    {
        var name = call.RequiredText("name");
        DemandNewName(call.State, name, null);
        var services = call.Texts("supportedservices") is { Count: > 0 } wanted ? wanted : Usual;
        if (services.FirstOrDefault(service => !Services.Contains(service, StringComparer.OrdinalIgnoreCase)) is { } strange)
        {
            throw ApiError.Refused($"The service {strange} isn't one that a VPC supports.");
        }

        var isRedundant = call.Records("servicecapabilitylist").Any(capability =>
            string.Equals(capability.GetValueOrDefault("capabilitytype"), "RedundantRouter", StringComparison.OrdinalIgnoreCase)
            && string.Equals(capability.GetValueOrDefault("capabilityvalue"), "true", StringComparison.OrdinalIgnoreCase));
        var known = services.Select(service => Services.First(s => s.Equals(service, StringComparison.OrdinalIgnoreCase)));
        var offering = Create(call.State, name, call.Text("displaytext") ?? name, [.. known.Distinct()], isRedundant);
        offering["state"] = "Disabled";
        call.Apply(offering, "internetprotocol", "networkmode", "routingmode", "specifyasnumber", "fornsx");
        OfferingScope.Restrict(call, offering);
        return new Work(offering, () =>
        {
            offering["state"] = call.IsSet("enable") ? "Enabled" : "Disabled";
            return Answer.Of(offering);
        })
        {
            Abandon = () => call.State.Store.Remove(offering),
        };
    }

    private static Work Update(CommandCall call)
    {
        var offering = call.Target("id");
        OfferingScope.DemandState(call);
        return Work.On(offering, () =>
        {
            call.Apply(offering, "name", "displaytext");
            OfferingScope.ApplyState(call, offering, "Enabled", "Disabled");
        }) with
        {
            Begin = () => DemandNewName(call.State, call.Text("name"), offering),
        };
    }

    private static void DemandNewName(CloudState state, string? name, Entity? except)
    {
        if (state.Table(Class).Any(offering => offering != except && offering.Name == name))
        {
            throw ApiError.Refused($"A VPC offering with the name {name} is there already.");
        }
    }

    private static Work Delete(CommandCall call)
    {
        var offering = call.Target("id");
        return Work.Removing(call.State.Store, offering) with
        {
            Begin = () =>
            {
                if (offering.Flag("isdefault"))
                {
                    throw ApiError.Refused("Default VPC offering can't be deleted");
                }

                var count = call.State.Table(VpcBuilder.Class).Count(vpc => vpc.Text("vpcofferingid") == offering.Id);
                if (count > 0)
                {
                    throw ApiError.Refused(
                        $"Can't delete VPC offering {offering.Name}: {count} VPCs are of it. To keep new ones from it, disable it.");
                }
            },
        };
    }
}
