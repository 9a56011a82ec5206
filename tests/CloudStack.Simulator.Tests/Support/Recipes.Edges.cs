using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CloudStack.Simulator.Tests.Support;

/// <content>Recipes for addresses, rules and balancers at the edge of a network.</content>
internal static partial class Recipes
{
    private static Dictionary<string, Recipe> Edges => new(StringComparer.Ordinal)
    {
        ["authorizeSecurityGroupEgress"] = async root => await NewRuleAsync(root),
        ["authorizeSecurityGroupIngress"] = async root => await NewRuleAsync(root),
        ["assignCertToLoadBalancer"] = async root => [("lbruleid", await WebRuleAsync(root)), .. await WebCertificateAsync(root)],
        ["createAutoScalePolicy"] = async root => [("action", "ScaleUp"), ("conditionids", await ConditionAsync(root))],
        ["createAutoScaleVmGroup"] = async root => await GroupPartsAsync(root),
        ["createAutoScaleVmProfile"] = async root =>
            [("zoneid", await root.IdOfAsync("listZones", "fra1")), ("templateid", await root.IdOfAsync("listTemplates", "Debian 12", ("templatefilter", "all")))],
        ["createCondition"] = async root => [("counterid", await CounterAsync(root)), ("relationaloperator", "GT")],
        ["createCounter"] = Fixed(("source", "cpu")),
        ["createIpv6FirewallRule"] = Named(("networkid", "listNetworks", "web-net")),
        ["createRoutingFirewallRule"] = Named(("networkid", "listNetworks", "web-net")),
        ["createLBHealthCheckPolicy"] = async root => [("lbruleid", await WebRuleAsync(root)), ("pingpath", "/"), ("responsetimeout", "2"), ("intervaltime", "5")],
        ["createLBStickinessPolicy"] = async root => [("lbruleid", await WebRuleAsync(root)), ("methodname", "LbCookie")],
        ["deleteAutoScalePolicy"] = async root => [("id", await PolicyAsync(root, "ScaleUp"))],
        ["deleteAutoScaleVmGroup"] = async root => [("id", await GroupAsync(root)), ("cleanup", "true")],
        ["deleteAutoScaleVmProfile"] = async root => [("id", await ProfileAsync(root))],
        ["deleteCondition"] = async root => [("id", await ConditionAsync(root))],
        ["deleteCounter"] = async root => [("id", await CounterAsync(root))],
        ["deleteIpv6FirewallRule"] = async root => [("id", await NetworkRuleAsync(root, "Ipv6"))],
        ["deleteRoutingFirewallRule"] = async root => [("id", await NetworkRuleAsync(root, "Routing"))],
        ["deleteLBHealthCheckPolicy"] = async root => [("id", await BalancerPolicyAsync(root, "createLBHealthCheckPolicy"))],
        ["deleteLBStickinessPolicy"] = async root => [("id", await BalancerPolicyAsync(root, "createLBStickinessPolicy", ("methodname", "LbCookie"), ("name", "sticky")))],
        ["deleteSecurityGroup"] = async root => [("id", await SecurityGroupAsync(root))],
        ["disableAutoScaleVmGroup"] = async root => [("id", await GroupAsync(root))],
        ["enableAutoScaleVmGroup"] = async root => [("id", await DisabledGroupAsync(root))],
        ["listLBHealthCheckPolicies"] = async root => [("lbruleid", await WebRuleAsync(root))],
        ["listLBStickinessPolicies"] = async root => [("lbruleid", await WebRuleAsync(root))],
        ["removeCertFromLoadBalancer"] = async root =>
        {
            var rule = await WebRuleAsync(root);
            await root.FinishAsync("assignCertToLoadBalancer", [("lbruleid", rule), .. await WebCertificateAsync(root)]);
            return [("lbruleid", rule)];
        },
        ["updateAutoScalePolicy"] = async root => [("id", await PolicyAsync(root, "ScaleUp")), ("conditionids", await ConditionAsync(root))],
        ["updateAutoScaleVmGroup"] = async root =>
        [
            ("id", await DisabledGroupAsync(root)), ("scaleuppolicyids", await PolicyAsync(root, "ScaleUp")),
            ("scaledownpolicyids", await PolicyAsync(root, "ScaleDown")),
        ],
        ["updateAutoScaleVmProfile"] = async root => [("id", await ProfileAsync(root))],
        ["updateCondition"] = async root => [("id", await ConditionAsync(root)), ("relationaloperator", "LT")],
        ["updateIpv6FirewallRule"] = async root => [("id", await NetworkRuleAsync(root, "Ipv6"))],
        ["updateRoutingFirewallRule"] = async root => [("id", await NetworkRuleAsync(root, "Routing"))],
        ["updateLBHealthCheckPolicy"] = async root => [("id", await BalancerPolicyAsync(root, "createLBHealthCheckPolicy"))],
        ["updateLBStickinessPolicy"] = async root => [("id", await BalancerPolicyAsync(root, "createLBStickinessPolicy", ("methodname", "LbCookie"), ("name", "sticky")))],
        ["createVlanIpRange"] = async root => await NewRangeAsync(root),
        ["dedicatePublicIpRange"] = async root => [("id", await RangeAsync(root)), .. await OwnerAsync(root, "Engineering", "web-team")],
        ["deleteVlanIpRange"] = async root => [("id", await RangeAsync(root))],
        ["releasePublicIpRange"] = async root =>
        {
            var id = await RangeAsync(root);
            await root.DoAsync("dedicatePublicIpRange", [("id", id), .. await OwnerAsync(root, "Engineering", "web-team")]);
            return [("id", id)];
        },
        ["updateVlanIpRange"] = async root => [("id", await RangeAsync(root)), .. (await NewRangeAsync(root)).Where(a => a.Name is not ("zoneid" or "vlan"))],
    };

    /// <summary>A condition on the load of processors that every running machine meets.</summary>
    internal static async Task<string> ConditionAsync(SignedCaller root, string comparison = "GT", string threshold = "0")
    {
        var condition = await root.FinishAsync(
            "createCondition",
            [
                ("counterid", await CounterAsync(root)), ("relationaloperator", comparison), ("threshold", threshold),
                .. await OwnerAsync(root, "Engineering", "web-team"),
            ]);
        return condition.GetProperty("id").GetString()!;
    }

    internal static async Task<string> PolicyAsync(SignedCaller root, string action, string comparison = "GT", string threshold = "0")
    {
        var policy = await root.FinishAsync(
            "createAutoScalePolicy", ("action", action), ("duration", "60"), ("quiettime", "60"),
            ("conditionids", await ConditionAsync(root, comparison, threshold)));
        return policy.GetProperty("id").GetString()!;
    }

    internal static async Task<string> ProfileAsync(SignedCaller root)
    {
        var profile = await root.FinishAsync(
            "createAutoScaleVmProfile",
            [
                ("zoneid", await root.IdOfAsync("listZones", "fra1")),
                ("serviceofferingid", await root.IdOfAsync("listServiceOfferings", "Small")),
                ("templateid", await root.IdOfAsync("listTemplates", "Debian 12", ("templatefilter", "all"))),
                .. await OwnerAsync(root, "Engineering", "web-team"),
            ]);
        return profile.GetProperty("id").GetString()!;
    }

    /// <summary>What a group that grows to three machines is made of; its rule has no machine of its own.</summary>
    internal static async Task<(string Name, string Value)[]> GroupPartsAsync(SignedCaller root)
    {
        var rule = await WebRuleAsync(root);
        await root.FinishAsync("removeFromLoadBalancerRule", ("id", rule), ("virtualmachineids", await MachineAsync(root, "web-01")));
        return
        [
            ("lbruleid", rule), ("vmprofileid", await ProfileAsync(root)), ("minmembers", "1"), ("maxmembers", "3"), ("interval", "30"),
            ("scaleuppolicyids", await PolicyAsync(root, "ScaleUp")), ("scaledownpolicyids", await PolicyAsync(root, "ScaleDown", "LT")),
        ];
    }

    private static async Task<string> GroupAsync(SignedCaller root) =>
        (await root.FinishAsync("createAutoScaleVmGroup", await GroupPartsAsync(root))).GetProperty("id").GetString()!;

    private static async Task<string> DisabledGroupAsync(SignedCaller root)
    {
        var id = await GroupAsync(root);
        await root.FinishAsync("disableAutoScaleVmGroup", ("id", id));
        return id;
    }

    private static async Task<string> CounterAsync(SignedCaller root)
    {
        var counter = await root.FinishAsync("createCounter", ("name", "load"), ("provider", "VirtualRouter"), ("source", "cpu"), ("value", "cpu.average"));
        return counter.GetProperty("id").GetString()!;
    }

    private static async Task<(string Name, string Value)[]> NewRangeAsync(SignedCaller root) =>
    [
        ("zoneid", await root.IdOfAsync("listZones", "fra1")), ("gateway", "192.0.2.1"), ("netmask", "255.255.255.0"),
        ("startip", "192.0.2.10"), ("endip", "192.0.2.20"), ("vlan", "101"),
    ];

    private static async Task<string> RangeAsync(SignedCaller root) =>
        (await root.DoAsync("createVlanIpRange", await NewRangeAsync(root))).Item.GetProperty("id").GetString()!;

    private static Task<string> WebRuleAsync(SignedCaller root) => root.IdOfAsync("listLoadBalancerRules", "web");

    /// <summary>A certificate of the web rule's owner, made anew.</summary>
    private static async Task<(string Name, string Value)[]> WebCertificateAsync(SignedCaller root)
    {
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest("CN=web.example", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddYears(1));
        var uploaded = await root.DoAsync(
            "uploadSslCert",
            [
                ("name", "web"), ("certificate", certificate.ExportCertificatePem()), ("privatekey", key.ExportPkcs8PrivateKeyPem()),
                .. await OwnerAsync(root, "Engineering", "web-team"),
            ]);
        return [("certid", uploaded.Item.GetProperty("id").GetString()!)];
    }

    private static async Task<(string Name, string Value)[]> NewRuleAsync(SignedCaller root) =>
        [("securitygroupid", await SecurityGroupAsync(root)), ("protocol", "tcp"), ("startport", "22"), ("endport", "22"), ("cidrlist", "192.0.2.0/24")];

    private static async Task<string> SecurityGroupAsync(SignedCaller root) =>
        (await root.DoAsync("createSecurityGroup", ("name", "admitted"))).Item.GetProperty("id").GetString()!;

    private static async Task<string> NetworkRuleAsync(SignedCaller root, string kind)
    {
        var rule = await root.FinishAsync(
            $"create{kind}FirewallRule", ("networkid", await root.IdOfAsync("listNetworks", "web-net")), ("protocol", "tcp"), ("startport", "22"));
        return rule.GetProperty("id").GetString()!;
    }

    private static async Task<string> BalancerPolicyAsync(SignedCaller root, string command, params (string, string)[] more)
    {
        var ticket = await root.DoAsync(command, [("lbruleid", await WebRuleAsync(root)), .. more]);
        return ticket.Content.GetProperty("id").GetString()!;
    }
}
