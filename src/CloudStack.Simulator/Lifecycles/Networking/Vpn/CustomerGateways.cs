using System.Text.RegularExpressions;
using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Networking.Vpn;

/// <summary>The far ends of site-to-site VPNs, as their owners describe them.</summary>
internal sealed partial class CustomerGateways : ICommandFamily
{
    public const string Class = "Site2SiteCustomerGatewayResponse";
    private const long LongestLife = 86_400;
    private static readonly string[] Versions = ["ike", "ikev1", "ikev2"];
    private static readonly string[] Terms =
        ["name", "gateway", "ipsecpsk", "ikepolicy", "esppolicy", "ikelifetime", "esplifetime", "ikeversion", "dpd", "forceencap", "splitconnections"];

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Read("listVpnCustomerGateways", call => Listing.Of(call, Class));
        commands.Begin("createVpnCustomerGateway", Create);
        commands.Begin("updateVpnCustomerGateway", Update);
        commands.Begin("deleteVpnCustomerGateway", Delete);
    }

    private static Work Create(CommandCall call)
    {
        var owner = call.NewOwner();
        var name = call.Text("name") ?? $"VPN-{call.RequiredText("gateway")}";
        Demand(call, owner, name, null);
        var gateway = call.Create(Class, owner);
        gateway["ikelifetime"] = LongestLife;
        gateway["esplifetime"] = 3_600L;
        gateway["ikeversion"] = Versions[0];
        gateway["dpd"] = false;
        gateway["forceencap"] = false;
        gateway["splitconnections"] = false;
        Show(call, gateway, name);
        return new Work(gateway, () => Answer.Of(gateway)) { Abandon = () => call.State.Store.Remove(gateway) };
    }

    private static Work Update(CommandCall call)
    {
        var gateway = call.Target("id");
        var name = call.Text("name") ?? gateway.Name!;
        return Work.On(gateway, () => Show(call, gateway, name)) with
        {
            Begin = () => Demand(call, gateway.Owner!, name, gateway),
        };
    }

    private static void Show(CommandCall call, Entity gateway, string name)
    {
        call.Apply(gateway, Terms);
        gateway["name"] = name;
        gateway["cidrlist"] = call.Text("cidrlist");
    }

    private static void Demand(CommandCall call, Owner owner, string name, Entity? except)
    {
        var address = call.RequiredText("gateway");
        if (Uri.CheckHostName(address) is not (UriHostNameType.IPv4 or UriHostNameType.Dns))
        {
            throw ApiError.Refused($"Invalid gateway {address}: an IPv4 address or a host's name is expected.");
        }

        foreach (var cidr in call.RequiredText("cidrlist").Split(','))
        {
            CidrBlock.Demand(cidr.Trim(), "cidrlist");
        }

        DemandPolicy(call.RequiredText("ikepolicy"), "ikepolicy", needsGroup: true);
        DemandPolicy(call.RequiredText("esppolicy"), "esppolicy", needsGroup: false);
        foreach (var lifetime in (string[])["ikelifetime", "esplifetime"])
        {
            if (call.Number(lifetime) is { } seconds and (< 1 or > LongestLife))
            {
                throw ApiError.Refused($"Invalid {lifetime} {seconds}: 1 to {LongestLife} seconds are expected.");
            }
        }

        if (call.Text("ikeversion") is { } version && !Versions.Contains(version))
        {
            throw ApiError.Refused($"Invalid ikeversion {version}: one of {string.Join(", ", Versions)} is expected.");
        }

        if (call.State.Table(Class).Any(other => other != except && other.Owner == owner && other.Name == name))
        {
            throw ApiError.Refused($"{owner.Holder.Name} has a customer gateway of the name {name} already.");
        }
    }

    private static void DemandPolicy(string policies, string name, bool needsGroup)
    {
        foreach (var policy in policies.Split(','))
        {
            if (!Policy().IsMatch(policy) || (needsGroup && !policy.Contains(';', StringComparison.Ordinal)))
            {
                throw ApiError.Refused(
                    $"Invalid {name} {policy}: a cipher and a hash{(needsGroup ? " with a group" : "")} such as aes256-sha256;modp2048 are expected.");
            }
        }
    }

    private static Work Delete(CommandCall call)
    {
        var gateway = call.Target("id");
        return Work.Removing(call.State.Store, gateway) with
        {
            Begin = () =>
            {
                if (call.State.Table(VpnConnections.Class).Any(connection => connection.Text("s2scustomergatewayid") == gateway.Id))
                {
                    throw ApiError.Refused($"Unable to delete the customer gateway {gateway.Name}: a VPN connection uses it.");
                }
            },
        };
    }

    [GeneratedRegex("^(3des|aes128|aes192|aes256)-(md5|sha1|sha256|sha384|sha512)(;modp(1024|1536|2048|3072|4096|6144|8192))?$")]
    private static partial Regex Policy();
}
