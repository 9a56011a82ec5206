using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Identity;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Lifecycles.Access.Limits;
using CloudStack.Simulator.Lifecycles.Networking.Physical;
using CloudStack.Simulator.Lifecycles.Networking.Vpc;
using CloudStack.Simulator.Lifecycles.Routing;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Networking;

/// <summary>Guest networks: made of an offering, changed, restarted, deleted when no machine is on them.</summary>
internal sealed class Networks : ICommandFamily
{
    public void Register(CommandTable commands, CloudState state)
    {
        commands.Read("listNetworks", List);
        commands.Do("createNetwork", Create);
        commands.Begin("updateNetwork", Update);
        commands.Begin("restartNetwork", Restart);
        commands.Begin("deleteNetwork", Delete);
    }

    private static Answer List(CommandCall call)
    {
        var scope = Scope.Of(call);
        return Answer.List(Listing.Filter(
            call,
            call.State.Table(ResultClass.Network),
            network => scope(network) || (call.Caller.MaySee(network) && Caller.IsPublic(network))
                || NetworkPermissions.Include(network, call.Caller.Account),
            network => HasServices(call, network) && IsWanted(call, network)
                && (call.Flag("forvpc") is not { } forVpc || network.Text("vpcid") is not null == forVpc)
                && (call.Text("traffictype") is not { } traffic || network.Text("traffictype") == traffic),
            "supportedservices", "traffictype", "forvpc", "issystem"));
    }

    /// <summary>Networks of accounts, of domains, or shared by permission.</summary>
    private static bool IsWanted(CommandCall call, Entity network) => call.Text("networkfilter")?.ToUpperInvariant() switch
    {
        null or "" or "ALL" => true,
        "ACCOUNT" => network.Text("acltype") == "Account" && !NetworkPermissions.Include(network, call.Caller.Account),
        "DOMAIN" => network.Text("acltype") == "Domain",
        "ACCOUNTDOMAIN" => !NetworkPermissions.Include(network, call.Caller.Account),
        "SHARED" => NetworkPermissions.Include(network, call.Caller.Account),
        _ => throw ApiError.Refused($"Invalid networkfilter {call.Text("networkfilter")}; it must be account, domain, accountdomain, shared or all."),
    };

    private static bool HasServices(CommandCall call, Entity network) =>
        call.Texts("supportedservices").All(service => GuestNetworks.HasService(network, service));

    private static Answer Create(CommandCall call)
    {
        var zone = call.Target("zoneid");
        var offering = call.Target("networkofferingid");
        var vpc = call.Find("vpcid");
        var owner = vpc?.Owner ?? call.NewOwner();
        ResourceLimits.Demand(call.State, owner, LimitedResource.Network);
        var type = offering.Text("guestiptype");
        if (offering.State != "Enabled")
        {
            throw ApiError.Refused($"Can't use specified network offering {offering.Name} as its state is not Enabled");
        }

        if (type == "Shared")
        {
            DemandShared(call);
        }

        var cidr = Cidr(call);
        var route = RouteTerms.OfNetwork(call, zone, offering, owner, cidr);
        cidr = route.Cidr ?? cidr;
        if (vpc is not null)
        {
            VpcTiers.Demand(call, vpc, offering, cidr);
        }
        else if (offering.Flag("forvpc"))
        {
            throw ApiError.Refused($"The network offering {offering.Name} is one for tiers of VPCs; please specify vpcid.");
        }

        var physical = PhysicalNetworks.ForGuests(call.State, zone, offering, call.Find("physicalnetworkid"));
        if (!call.IsSet("bypassvlanoverlapcheck"))
        {
            GuestVlans.DemandOutside(physical, call.Text("vlan"));
        }

        var network = GuestNetworks.Create(call.State, owner, zone, offering, call.RequiredText("name"), cidr, (physical, call.Text("vlan")));
        call.Apply(network, "displaytext", "networkdomain", "dns1", "dns2", "externalid", "publicmtu", "privatemtu");
        route.Take(call.State, network);
        if (vpc is not null)
        {
            VpcTiers.Join(call, vpc, network);
        }

        if (type == "Shared")
        {
            network["acltype"] = call.Text("acltype") is { } acl && acl.Equals("account", StringComparison.OrdinalIgnoreCase) ? "Account" : "Domain";
            network["subdomainaccess"] = call.Flag("subdomainaccess") ?? true;
        }

        return Answer.Of(network);
    }

    private static void DemandShared(CommandCall call)
    {
        if (!call.Caller.IsRoot)
        {
            throw ApiError.NotPermitted("Only an administrator may create a shared network with a VLAN.");
        }

        foreach (var needed in (string[])["gateway", "netmask", "startip", "endip"])
        {
            call.RequiredText(needed);
        }

        if (call.Text("vlan") is { } vlan && call.State.Table(ResultClass.Network)
            .Any(n => n.Text("vlan") == vlan && n.Text("zoneid") == call.Text("zoneid")))
        {
            throw ApiError.Refused($"The VLAN {vlan} is used by another network of the zone.");
        }
    }

    private static string? Cidr(CommandCall call)
    {
        if (call.Text("gateway") is not { Length: > 0 } gateway || call.Text("netmask") is not { Length: > 0 } netmask)
        {
            return null;
        }

        if (!AddressPool.IsAddress(gateway) || !AddressPool.TryPrefix(netmask, out var prefix))
        {
            throw ApiError.Refused($"Invalid gateway {gateway} or netmask {netmask}.");
        }

        return AddressPool.CidrOf(gateway, prefix);
    }

    private static Work Update(CommandCall call)
    {
        var network = call.Target("id");
        var offering = call.Find("networkofferingid");
        if (offering is not null && offering.Text("guestiptype") != network.Text("type"))
        {
            throw ApiError.Refused($"Can't upgrade the network {network.Name} of type {network.Text("type")} to the offering {offering.Name}.");
        }

        return Work.On(network, () =>
        {
            call.Apply(network, "name", "displaytext", "networkdomain", "dns1", "dns2", "displaynetwork", "publicmtu", "privatemtu");
            if (offering is not null)
            {
                GuestNetworks.SetOffering(network, offering);
            }
        });
    }

    private static Work Restart(CommandCall call)
    {
        var network = call.Target("id");
        return new Work(network, () =>
        {
            // A tier's routers are its VPC's; only restartVPC rebuilds them.
            if (network.Text("vpcid") is null && GuestNetworks.NeedsRouter(network))
            {
                RestartRouters(call, network);
            }

            network["restartrequired"] = false;
            return Answer.Done;
        })
        {
            Begin = () =>
            {
                if (network.State is not (GuestNetworks.Implemented or GuestNetworks.Setup) || network.Text("type") == "L2")
                {
                    throw ApiError.Refused($"Network {network.Name} is not in the right state to be restarted. Correct states are: Implemented, Setup");
                }
            },
        };
    }

    private static void RestartRouters(CommandCall call, Entity network)
    {
        var becomesRedundant = call.IsSet("makeredundant") && !network.Flag("redundantrouter");
        if (becomesRedundant)
        {
            network["redundantrouter"] = true;
        }

        if (call.IsSet("cleanup") || becomesRedundant)
        {
            VirtualRouters.Rebuild(call.State, network);
        }
        else if (call.IsSet("livepatch"))
        {
            VirtualRouters.Patch(call.State, network);
        }
        else if (network.State == GuestNetworks.Implemented)
        {
            VirtualRouters.Ensure(call.State, network);
        }
    }

    private static Work Delete(CommandCall call)
    {
        var network = call.Target("id");
        return new Work(network, () =>
        {
            GuestNetworks.Remove(call.State, network);
            return Answer.Done;
        })
        {
            Begin = () => GuestNetworks.DemandUnused(call.State, network),
        };
    }
}
