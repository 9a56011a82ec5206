using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Lifecycles.Networking.Physical;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Offerings;

/// <summary>Network offerings: made disabled, enabled before use, deleted when no network is of them.</summary>
internal sealed class NetworkOfferings : ICommandFamily
{
    private static readonly string[] GuestTypes = ["Isolated", "Shared", "L2"];

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Do("createNetworkOffering", Create);
        commands.Do("updateNetworkOffering", Update);
        commands.Do("deleteNetworkOffering", Delete);
        commands.Read("listNetworkOfferings", call => Listing.Of(
            call, ResultClass.NetworkOffering,
            offering => OfferingScope.IsIn(call, offering) && HasServices(call, offering),
            "zoneid", "supportedservices", "networkid"));
    }

    private static bool HasServices(CommandCall call, Entity offering) =>
        call.Texts("supportedservices").All(wanted => offering.Items("service").Any(service => service.Name == wanted));

    private static Answer Create(CommandCall call)
    {
        var type = GuestTypes.FirstOrDefault(t => t.Equals(call.Text("guestiptype"), StringComparison.OrdinalIgnoreCase))
            ?? throw ApiError.Refused("Invalid \"Guest IP type\". Allowed types: Isolated, Shared, L2");
        if (call.Text("traffictype")?.Equals("guest", StringComparison.OrdinalIgnoreCase) != true)
        {
            throw ApiError.Refused("Invalid value for traffictype. Only traffic type Guest is supported for network offerings.");
        }

        var services = Services(call);
        var offering = OfferingBuilder.CreateNetwork(
            call.State, call.RequiredText("name"), call.Text("displaytext") ?? call.RequiredText("name"), type,
            call.Texts("supportedservices"), call.Text("availability") ?? "Optional");
        offering["isdefault"] = false;
        offering["service"] = services;
        offering["state"] = call.IsSet("enable") ? "Enabled" : "Disabled";
        call.Apply(
            offering, "conservemode", "ispersistent", "networkrate", "specifyvlan", "specifyipranges", "tags", "egressdefaultpolicy",
            "forvpc", "maxconnections", "internetprotocol", "networkmode", "routingmode", "specifyasnumber");
        OfferingScope.Restrict(call, offering);
        return Answer.Of(offering);
    }

    /// <summary>The services wanted, each with the providers named for it, or the usual one.</summary>
    private static List<Entity> Services(CommandCall call)
    {
        var named = call.Records("serviceproviderlist").ToLookup(
            record => record.GetValueOrDefault("service"), record => record.GetValueOrDefault("provider"), StringComparer.OrdinalIgnoreCase);
        return [.. call.Texts("supportedservices").Select(service => OfferingBuilder.Service(
            call.State, service, named[service].FirstOrDefault() is { } name ? Known(name) : NetworkElement.UsualFor(service, call.IsSet("forvpc"))))];
    }

    private static string Known(string provider) =>
        NetworkElement.Find(provider)?.Name ?? throw ApiError.Refused($"Invalid service provider: {provider}");

    private static Answer Update(CommandCall call)
    {
        var offering = call.Target("id");
        OfferingScope.DemandState(call);
        call.Apply(offering, "name", "displaytext", "availability", "tags", "maxconnections");
        OfferingScope.ApplyState(call, offering, "Enabled", "Disabled");
        return Answer.Of(offering);
    }

    private static Answer Delete(CommandCall call)
    {
        var offering = call.Target("id");
        if (offering.Flag("isdefault"))
        {
            throw ApiError.Refused("Default network offering can't be deleted");
        }

        if (call.State.Table(ResultClass.Network).FirstOrDefault(n => n.Text("networkofferingid") == offering.Id) is { } network)
        {
            throw ApiError.Refused($"Can't delete network offering {offering.Name} as it's used by network {network.Name}. To make the network offering unavailable, disable it");
        }

        call.State.Store.Remove(offering);
        return Answer.Done;
    }
}
