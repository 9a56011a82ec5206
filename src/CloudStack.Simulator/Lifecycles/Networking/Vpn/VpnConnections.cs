using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Networking.Vpn;

/// <summary>Tunnels between a VPC's gateway and a customer's.</summary>
internal sealed class VpnConnections : ICommandFamily
{
    public const string Class = "Site2SiteVpnConnectionResponse";
    private const int MostPerGateway = 4;
    private const string Connecting = "Connecting";
    private const string Connected = "Connected";
    private const string Disconnected = "Disconnected";

    // What a connection shows of the customer's end, as it is now.
    private static readonly string[] FarTerms =
    [
        "gateway", "cidrlist", "ikepolicy", "esppolicy", "ikelifetime", "esplifetime", "ikeversion", "ipsecpsk", "dpd", "forceencap",
        "splitconnections",
    ];

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Read("listVpnConnections", List);
        commands.Begin("createVpnConnection", Create);
        commands.Begin("updateVpnConnection", Update);
        commands.Begin("resetVpnConnection", Reset);
        commands.Begin("deleteVpnConnection", Delete);
    }

    /// <summary>The connections of a VPC's gateway.</summary>
    public static IEnumerable<Entity> Of(CloudState state, Entity gateway) =>
        state.Table(Class).Where(connection => connection.Text("s2svpngatewayid") == gateway.Id);

    private static Answer List(CommandCall call)
    {
        var vpc = call.Find("vpcid");
        return Listing.Of(
            call, Class, connection => vpc is null || call.State.Store.Find(connection.Text("s2svpngatewayid"))?.Text("vpcid") == vpc.Id, "vpcid");
    }

    private static Work Create(CommandCall call)
    {
        var (near, far) = (call.Target("s2svpngatewayid"), call.Target("s2scustomergatewayid"));
        Demand(call.State, near, far);
        var connection = call.Create(Class, near.Owner);
        connection["s2svpngatewayid"] = near.Id;
        connection["s2scustomergatewayid"] = far.Id;
        connection["publicip"] = near.Link("publicip");
        foreach (var term in FarTerms)
        {
            connection[term] = far.Link(term);
        }

        connection["passive"] = call.IsSet("passive");
        connection["fordisplay"] = call.Flag("fordisplay") ?? true;
        connection["state"] = "Pending";
        return Dial(connection) with
        {
            Queue = near,
            Abandon = () => call.State.Store.Remove(connection),
        };
    }

    private static void Demand(CloudState state, Entity near, Entity far)
    {
        if (near.Owner != far.Owner)
        {
            throw ApiError.Refused("A VPN connection can only join a VPN gateway and a customer gateway of one owner.");
        }

        var others = Of(state, near).ToList();
        if (others.Exists(other => other.Text("s2scustomergatewayid") == far.Id))
        {
            throw ApiError.Refused($"A VPN connection between this VPN gateway and the customer gateway {far.Name} is there already.");
        }

        var vpc = state.Store.Find(near.Text("vpcid"))!;
        foreach (var block in BlocksOf(far))
        {
            if (CidrBlock.Read(vpc.Text("cidr"))?.Overlaps(block) == true)
            {
                throw ApiError.Refused($"The networks of the customer gateway {far.Name} overlap with the network of the VPC {vpc.Name}.");
            }

            if (others.Exists(other => BlocksOf(other).Any(taken => taken.Overlaps(block))))
            {
                throw ApiError.Refused($"The networks of the customer gateway {far.Name} overlap with those of another connection of the VPC.");
            }
        }

        if (others.Count >= MostPerGateway)
        {
            throw ApiError.Refused($"The VPN gateway has {others.Count} connections, the most that are allowed.");
        }
    }

    private static IEnumerable<CidrBlock> BlocksOf(Entity end) =>
        (end.Text("cidrlist") ?? "").Split(',').Select(cidr => CidrBlock.Read(cidr.Trim())).OfType<CidrBlock>();

    /// <summary>A passive end waits for the other to dial.</summary>
    private static Work Dial(Entity connection) =>
        Work.On(connection, () => connection["state"] = connection.Flag("passive") ? Disconnected : Connected) with
        {
            Begin = () => connection["state"] = Connecting,
        };

    private static Work Update(CommandCall call)
    {
        var connection = call.Target("id");
        return Work.On(connection, () => call.Apply(connection, "fordisplay"));
    }

    private static Work Reset(CommandCall call) => Dial(call.Target("id"));

    private static Work Delete(CommandCall call)
    {
        var connection = call.Target("id");
        return Work.Removing(call.State.Store, connection);
    }
}
