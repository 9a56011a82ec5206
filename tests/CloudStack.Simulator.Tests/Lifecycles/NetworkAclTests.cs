using System.Security.Cryptography;
using System.Text;

namespace CloudStack.Simulator.Tests.Lifecycles;

public sealed class NetworkAclTests : Scene
{
    [Fact]
    public async Task Numbers_rules_one_after_the_other_and_no_two_alike()
    {
        var list = await ListAsync();
        Assert.Equal(("1", "2"), (Text(await AddAsync(list), "number"), Text(await AddAsync(list), "number")));
        var ninth = await AddAsync(list, ("number", "9"), ("action", "deny"), ("traffictype", "egress"), ("reason", "none of our business"));
        Assert.Equal(("Deny", "Egress", "0.0.0.0/0"), (Text(ninth, "action"), Text(ninth, "traffictype"), Text(ninth, "cidrlist")));

        await Root.RefuseAsync(431, "createNetworkACL", ("aclid", list), ("protocol", "tcp"), ("number", "9"));
        await Root.RefuseAsync(431, "createNetworkACL", ("aclid", list), ("protocol", "tcp"), ("number", "0"));
        Assert.Equal("10", Text(await AddAsync(list), "number"));
        Assert.Equal(4, (await Root.CallAsync("listNetworkACLs", ("aclid", list), ("listall", "true"))).Count);
        Assert.Single((await Root.CallAsync("listNetworkACLs", ("aclid", list), ("traffictype", "Egress"), ("listall", "true"))).Items);
    }

    [Theory]
    [InlineData("protocol", "sctp")]
    [InlineData("protocol", "256")]
    [InlineData("action", "perhaps")]
    [InlineData("traffictype", "sideways")]
    [InlineData("startport", "70000")]
    [InlineData("icmptype", "8")]
    [InlineData("cidrlist", "everywhere")]
    public async Task Refuses_rules_that_say_nothing(string name, string value)
    {
        var list = await ListAsync();
        (string Name, string Value)[] usual = [("aclid", list), ("protocol", "tcp")];

        await Root.RefuseAsync(431, "createNetworkACL", [.. usual.Where(argument => argument.Name != name), (name, value)]);
    }

    [Fact]
    public async Task Moves_rules_between_others_which_make_room()
    {
        var list = await ListAsync();
        var ids = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            ids.Add(Id(await AddAsync(list)));
        }

        await Root.FinishAsync("moveNetworkAclItem", ("id", ids[3]), ("previousaclruleid", ids[0]), ("nextaclruleid", ids[1]), ("aclconsistencyhash", Hash(ids)));
        Assert.Equal([ids[0], ids[3], ids[1], ids[2]], await OrderAsync(list));
        await Root.FinishAsync("moveNetworkAclItem", ("id", ids[2]), ("nextaclruleid", ids[0]));
        Assert.Equal([ids[2], ids[0], ids[3], ids[1]], await OrderAsync(list));
        await Root.FinishAsync("moveNetworkAclItem", ("id", ids[2]), ("previousaclruleid", ids[1]));
        Assert.Equal([ids[0], ids[3], ids[1], ids[2]], await OrderAsync(list));

        await Root.FailAsync(431, "moveNetworkAclItem", ("id", ids[3]), ("nextaclruleid", ids[0]), ("aclconsistencyhash", Hash(ids)));
        await Root.RefuseAsync(431, "moveNetworkAclItem", ("id", ids[3]));
        var stranger = Id((await Root.CallAsync("listNetworkACLs", ("listall", "true"), ("aclid", await DefaultAsync("default_deny")))).Items[0]);
        await Root.RefuseAsync(431, "moveNetworkAclItem", ("id", ids[3]), ("nextaclruleid", stranger));
    }

    [Fact]
    public async Task Changes_a_part_of_a_rule_or_all_of_it()
    {
        var item = Id(await AddAsync(await ListAsync(), ("startport", "80"), ("endport", "90"), ("cidrlist", "10.0.0.0/8")));

        var part = await Root.FinishAsync("updateNetworkACLItem", ("id", item), ("action", "deny"));
        Assert.Equal(("Deny", "80", "10.0.0.0/8"), (Text(part, "action"), Text(part, "startport"), Text(part, "cidrlist")));
        var whole = await Root.FinishAsync("updateNetworkACLItem", ("id", item), ("protocol", "udp"), ("partialupgrade", "false"));
        Assert.Equal(("Allow", null, "0.0.0.0/0"), (Text(whole, "action"), Text(whole, "startport"), Text(whole, "cidrlist")));
        await Root.FinishAsync("deleteNetworkACL", ("id", item));
        Assert.False(await ExistsAsync("listNetworkACLs", item));
    }

    [Fact]
    public async Task Leaves_the_default_lists_to_nobody()
    {
        var list = await DefaultAsync("default_allow");
        var item = Id((await Root.CallAsync("listNetworkACLs", ("listall", "true"), ("aclid", list))).Items[0]);

        await Root.RefuseAsync(431, "createNetworkACL", ("aclid", list), ("protocol", "tcp"));
        await Root.FailAsync(431, "updateNetworkACLItem", ("id", item), ("action", "deny"));
        await Root.FailAsync(431, "deleteNetworkACL", ("id", item));
        await Root.FailAsync(431, "deleteNetworkACLList", ("id", list));
        await User.RefuseAsync(531, "createNetworkACLList", ("name", "for all"));
        Assert.Contains("default_allow", (await User.CallAsync("listNetworkACLLists")).Names);
        Assert.DoesNotContain("loaders-acl", (await User.CallAsync("listNetworkACLLists", ("listall", "true"))).Names);
    }

    [Fact]
    public async Task Guards_a_tier_until_another_list_does()
    {
        var tier = await NetworkAsync("data-loaders");
        var list = await Root.IdOfAsync("listNetworkACLLists", "loaders-acl");
        Assert.Equal(["loaders-acl"], (await Root.CallAsync("listNetworkACLLists", ("networkid", tier), ("listall", "true"))).Names);
        Assert.Contains("data-loaders", await Root.FailAsync(431, "deleteNetworkACLList", ("id", list)), StringComparison.Ordinal);

        await Root.FinishAsync("replaceNetworkACLList", ("aclid", await DefaultAsync("default_allow")), ("networkid", tier));

        Assert.Equal("default_allow", Text(await LookAsync("listNetworks", tier), "aclname"));
        await Root.FinishAsync("deleteNetworkACLList", ("id", list));
        await Root.RefuseAsync(431, "replaceNetworkACLList", ("aclid", await DefaultAsync("default_allow")));
        await Root.RefuseAsync(431, "replaceNetworkACLList", ("aclid", await DefaultAsync("default_allow")), ("networkid", await NetworkAsync("web-net")));
    }

    [Fact]
    public async Task Makes_a_tiers_own_list_with_its_first_rule()
    {
        var tier = await NetworkAsync("data-warehouse");
        var item = await Root.FinishAsync("createNetworkACL", ("networkid", tier), ("protocol", "tcp"), ("startport", "5432"));

        Assert.Equal("data-vpc-data-warehouse-acl", Text(await LookAsync("listNetworks", tier), "aclname"));
        Assert.Equal(("1", "5432"), (Text(item, "number"), Text(item, "endport")));
        await Root.RefuseAsync(431, "createNetworkACL", ("networkid", await NetworkAsync("web-net")), ("protocol", "tcp"));
        await Root.RefuseAsync(431, "createNetworkACL", ("protocol", "tcp"));
    }

    private async Task<string> ListAsync() => Id(await Root.FinishAsync(
        "createNetworkACLList", ("name", "list"), ("vpcid", await Root.IdOfAsync("listVPCs", "data-vpc"))));

    private Task<string> DefaultAsync(string name) => Root.IdOfAsync("listNetworkACLLists", name);

    private Task<System.Text.Json.JsonElement> AddAsync(string list, params (string Name, string Value)[] more) =>
        Root.FinishAsync("createNetworkACL", [("aclid", list), ("protocol", "tcp"), .. more]);

    private async Task<IReadOnlyList<string>> OrderAsync(string list) =>
        [.. (await Root.CallAsync("listNetworkACLs", ("aclid", list), ("listall", "true"))).Items.Select(Id)];

#pragma warning disable CA5351 // The server's choice of checksum.
    private static string Hash(IEnumerable<string> ids) =>
        Convert.ToHexStringLower(MD5.HashData(Encoding.ASCII.GetBytes(string.Concat(ids))));
#pragma warning restore CA5351
}
