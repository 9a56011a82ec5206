using CloudStack.Simulator.Tests.Support;

namespace CloudStack.Simulator.Tests.Lifecycles;

public sealed class BalancerTests : Scene
{
    [Fact]
    public async Task Keeps_clients_on_a_machine_by_one_policy()
    {
        var rule = await Root.IdOfAsync("listLoadBalancerRules", "web");
        (string, string)[] sticky = [("lbruleid", rule), ("name", "sticky"), ("methodname", "lbcookie"), ("param[0].name", "cookie-name"), ("param[0].value", "web")];
        var made = await User.FinishAsync("createLBStickinessPolicy", sticky);
        Assert.Equal("LbCookie", Text(made.GetProperty("stickinesspolicy")[0], "methodname"));

        await User.RefuseAsync(431, "createLBStickinessPolicy", sticky);
        await User.RefuseAsync(431, "createLBStickinessPolicy", [.. sticky.Where(a => a.Item1 != "methodname"), ("methodname", "Luck")]);
        await User.RefuseAsync(431, "listLBStickinessPolicies");
        await User.FinishAsync("deleteLBStickinessPolicy", ("id", Id(made.GetProperty("stickinesspolicy")[0])));
        await User.FinishAsync("createLBStickinessPolicy", sticky);
    }

    [Theory]
    [InlineData("pingpath", "status")]
    [InlineData("intervaltime", "1")]
    [InlineData("healthythreshold", "11")]
    public async Task Refuses_health_checks_that_could_not_work(string name, string value) =>
        await User.RefuseAsync(431, "createLBHealthCheckPolicy", ("lbruleid", await Root.IdOfAsync("listLoadBalancerRules", "web")), (name, value));

    [Fact]
    public async Task Loses_its_policies_and_certificate_with_the_rule()
    {
        var rule = await Root.IdOfAsync("listLoadBalancerRules", "web");
        await User.FinishAsync("createLBHealthCheckPolicy", ("lbruleid", rule), ("pingpath", "/status"));
        var certificate = (await Recipes.OfAsync("assignCertToLoadBalancer", TheCloud)).Single(a => a.Name == "certid").Value;
        await User.FinishAsync("assignCertToLoadBalancer", ("lbruleid", rule), ("certid", certificate));
        await User.FailAsync(431, "assignCertToLoadBalancer", ("lbruleid", rule), ("certid", certificate));
        await User.FinishAsync("assignCertToLoadBalancer", ("lbruleid", rule), ("certid", certificate), ("forced", "true"));

        await User.FinishAsync("deleteLoadBalancerRule", ("id", rule));

        Assert.Empty(TheCloud.Store.Table("LBHealthCheckResponse"));
        Assert.Empty(TheCloud.Store.Find(certificate)!.Texts("loadbalancerrulelist"));
    }

    [Theory]
    [InlineData("Ipv6", "::/0")]
    [InlineData("Routing", "0.0.0.0/0")]
    public async Task Keeps_rules_of_networks_apart_from_rules_of_addresses(string kind, string everywhere)
    {
        (string, string)[] rule = [("networkid", await NetworkAsync("web-net")), ("protocol", "tcp"), ("startport", "22"), ("endport", "25")];
        var made = await User.FinishAsync($"create{kind}FirewallRule", rule);
        Assert.Equal(("Ingress", everywhere, "22"), (Text(made, "traffictype"), Text(made, "cidrlist"), Text(made, "startport")));

        await User.RefuseAsync(537, $"create{kind}FirewallRule", rule);
        await User.FinishAsync($"create{kind}FirewallRule", [.. rule, ("traffictype", "egress")]);
        await User.RefuseAsync(431, $"create{kind}FirewallRule", [.. rule, ("traffictype", "sideways")]);
        await User.RefuseAsync(431, $"create{kind}FirewallRule", [.. rule, ("icmptype", "8")]);
        await User.RefuseAsync(431, "deleteFirewallRule", ("id", Id(made)));
        Assert.False(await ExistsAsync("listFirewallRules", Id(made)));
        await User.FinishAsync($"delete{kind}FirewallRule", ("id", Id(made)));
        Assert.Single((await User.CallAsync($"list{kind}FirewallRules")).Items);
    }
}
