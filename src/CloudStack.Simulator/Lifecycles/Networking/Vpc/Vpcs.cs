using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Lifecycles.Access.Limits;
using CloudStack.Simulator.Lifecycles.Routing;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Networking.Vpc;

/// <summary>Virtual private clouds: made of an offering, changed, restarted, moved to another offering, deleted when they have no tier.</summary>
internal sealed class Vpcs : ICommandFamily
{
    public void Register(CommandTable commands, CloudState state)
    {
        commands.Read("listVPCs", call => Listing.Of(
            call, VpcBuilder.Class,
            vpc => call.Texts("supportedservices").All(service => GuestNetworks.HasService(vpc, service)), "supportedservices"));
        commands.Begin("createVPC", Create);
        commands.Begin("updateVPC", Update);
        commands.Begin("restartVPC", Restart);
        commands.Begin("migrateVPC", Migrate);
        commands.Begin("deleteVPC", Delete);
    }

    private static Work Create(CommandCall call)
    {
        var zone = call.Target("zoneid");
        var offering = call.Target("vpcofferingid");
        var owner = call.NewOwner(LimitedResource.Vpc);
        if (zone.Text("allocationstate") == "Disabled" && !call.Caller.IsRoot)
        {
            throw ApiError.NotPermitted($"Zone {zone.Name} is disabled; only root administrators may make something in it.");
        }

        if (offering.State != VpcBuilder.Enabled)
        {
            throw ApiError.Refused($"Can't make a VPC of the offering {offering.Name}: its state is {offering.State}, not Enabled.");
        }

        var route = RouteTerms.OfVpc(call, zone, offering, owner);
        var cidr = route.Cidr ?? call.RequiredText("cidr");
        if (CidrBlock.Demand(cidr, "cidr").Prefix is < 8 or > 29)
        {
            throw ApiError.Refused($"The network {cidr} isn't of a size for a VPC: /8 to /29.");
        }

        var vpc = VpcBuilder.Create(call.State, owner, zone, offering, call.RequiredText("name"), cidr);
        route.Take(call.State, vpc);
        call.Apply(vpc, "displaytext", "networkdomain", "dns1", "dns2", "ip6dns1", "ip6dns2", "publicmtu", "fordisplay");
        return Work.On(vpc, () =>
        {
            if (call.Flag("start") ?? true)
            {
                VpcBuilder.Start(call.State, vpc, call.Text("sourcenatipaddress"));
            }
        }) with
        {
            Abandon = () => VpcBuilder.Remove(call.State, vpc),
        };
    }

    private static Work Update(CommandCall call)
    {
        var vpc = call.Target("id");
        return Work.On(vpc, () =>
        {
            call.Apply(vpc, "name", "displaytext", "fordisplay", "publicmtu");
            if (call.Text("sourcenatipaddress") is { } wanted && VpcBuilder.SourceOf(call.State, vpc) is { } former
                && former.Text("ipaddress") != wanted)
            {
                AddressOf(call, vpc, wanted)["issourcenat"] = true;
                former["issourcenat"] = false;
            }
        }) with
        {
            Begin = () =>
            {
                if (call.Text("sourcenatipaddress") is { } wanted)
                {
                    AddressOf(call, vpc, wanted);
                }
            },
        };
    }

    private static Entity AddressOf(CommandCall call, Entity vpc, string wanted) =>
        call.State.Table(ResultClass.IpAddress).FirstOrDefault(address =>
            address.Text("vpcid") == vpc.Id && address.Text("ipaddress") == wanted && address.Text("associatednetworkid") is null)
        ?? throw ApiError.Refused($"The address {wanted} isn't a free one of the VPC {vpc.Name}; associate it first.");

    private static Work Restart(CommandCall call)
    {
        var vpc = call.Target("id");
        return new Work(vpc, () =>
        {
            var becomesRedundant = call.IsSet("makeredundant") && !vpc.Flag("redundantvpcrouter");
            if (becomesRedundant)
            {
                vpc["redundantvpcrouter"] = true;
            }

            VpcBuilder.Start(call.State, vpc, null);
            if (call.IsSet("cleanup") || becomesRedundant)
            {
                VirtualRouters.Rebuild(call.State, vpc);
            }
            else if (call.IsSet("livepatch"))
            {
                VirtualRouters.Patch(call.State, vpc);
            }

            vpc["restartrequired"] = false;
            return Answer.Done;
        })
        {
            Begin = () =>
            {
                if (call.IsSet("cleanup") && call.IsSet("livepatch"))
                {
                    throw ApiError.Refused("Please choose cleanup or livepatch; a router that is rebuilt needs no patch.");
                }
            },
        };
    }

    private static Work Migrate(CommandCall call)
    {
        var vpc = call.Target("vpcid");
        var offering = call.Target("vpcofferingid");
        var byTier = call.Records("tiernetworkofferings").ToDictionary(
            record => record.GetValueOrDefault("networkid") ?? "", record => record.GetValueOrDefault("networkofferingid") ?? "",
            StringComparer.Ordinal);
        var moves = VpcBuilder.TiersOf(call.State, vpc).Select(tier => byTier.TryGetValue(tier.Id, out var id)
            ? (Tier: tier, Offering: call.Look("tiernetworkofferings", id, ResultClass.NetworkOffering))
            : throw ApiError.Refused($"Please name a network offering for the tier {tier.Name} in tiernetworkofferings, too.")).ToList();
        return Work.On(vpc, () =>
        {
            VpcBuilder.SetOffering(vpc, offering);
            foreach (var (tier, next) in moves)
            {
                GuestNetworks.SetOffering(tier, next);
            }

            if (VirtualRouters.Of(call.State, vpc).Any())
            {
                VirtualRouters.Rebuild(call.State, vpc);
            }
        }) with
        {
            Begin = () =>
            {
                if (offering.Id == vpc.Text("vpcofferingid") && !call.IsSet("resume"))
                {
                    throw ApiError.Refused($"The VPC {vpc.Name} is of the offering {offering.Name} already.");
                }

                if (offering.State != VpcBuilder.Enabled)
                {
                    throw ApiError.Refused($"The VPC offering {offering.Name} isn't enabled.");
                }

                foreach (var (_, next) in moves)
                {
                    VpcTiers.DemandFits(offering, next);
                }
            },
        };
    }

    private static Work Delete(CommandCall call)
    {
        var vpc = call.Target("id");
        return new Work(vpc, () =>
        {
            VpcBuilder.Remove(call.State, vpc);
            return Answer.Done;
        })
        {
            Begin = () =>
            {
                var count = VpcBuilder.TiersOf(call.State, vpc).Count();
                if (count > 0)
                {
                    throw ApiError.Refused($"Can't delete VPC {vpc.Name} as it's used by {count} networks; delete its tiers first.");
                }
            },
        };
    }
}
