using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Tests.Commands.Invariants;

/// <summary>Balancers, security groups and ranges of public addresses.</summary>
internal sealed class EdgeInvariants : IInvariants
{
    // Names are drawn as well: any identifier is one.
    public IReadOnlyList<(string Command, (string Name, string Wish)[] Arguments)> Moves { get; } =
    [
        ("createSecurityGroup", [("name", "NetworkResponse")]),
        ("deleteSecurityGroup", [("id", "SecurityGroupResponse")]),
        ("createLoadBalancerRule", [("publicipid", "IPAddressResponse?issourcenat=false"), ("name", "*balancer-"), ("algorithm", "=roundrobin"), ("publicport", "*1"), ("privateport", "=8080")]),
        ("assignToLoadBalancerRule", [("id", "LoadBalancerResponse"), ("virtualmachineids", ">UserVmResponse.account=id.account")]),
        ("removeFromLoadBalancerRule", [("id", "LoadBalancerResponse"), ("virtualmachineids", ">UserVmResponse.account=id.account")]),
        ("createLBHealthCheckPolicy", [("lbruleid", "LoadBalancerResponse")]),
        ("deleteLBHealthCheckPolicy", [("id", "LBHealthCheckResponse")]),
        ("deleteLoadBalancerRule", [("id", "LoadBalancerResponse")]),
        ("createVlanIpRange", [("zoneid", "ZoneResponse"), ("gateway", "=192.0.2.1"), ("netmask", "=255.255.255.0"), ("startip", "=192.0.2.10"), ("endip", "=192.0.2.20"), ("vlan", "=101")]),
        ("dedicatePublicIpRange", [("id", "VlanIpRangeResponse?startip=192.0.2.10"), ("domainid", "DomainResponse?name=Engineering"), ("account", "=web-team")]),
        ("dedicatePublicIpRange", [("id", "VlanIpRangeResponse"), ("domainid", "DomainResponse"), ("projectid", "ProjectResponse")]),
        ("releasePublicIpRange", [("id", "VlanIpRangeResponse")]),
        ("deleteVlanIpRange", [("id", "VlanIpRangeResponse")]),
    ];

    public IReadOnlyList<(string Class, string Field)> References { get; } =
    [
        ("LBHealthCheckResponse", "lbruleid"), ("LBStickinessResponse", "lbruleid"), ("AutoScaleVmGroupResponse", "lbruleid"),
        ("AutoScaleVmGroupResponse", "vmprofileid"), ("IPAddressResponse", "vlanid"),
    ];

    public IEnumerable<string> Problems(CloudStore store)
    {
        foreach (var group in store.Table("SecurityGroupResponse"))
        {
            var members = store.Table("UserVmResponse").Count(machine => machine.Items("securitygroup").Contains(group));
            if (members != group.Number("virtualmachinecount"))
            {
                yield return $"{group} counts {group.Number("virtualmachinecount")} machines, {members} are in it.";
            }
        }

        foreach (var address in store.Table("IPAddressResponse"))
        {
            if (store.Find(address.Text("vlanid"))?.Owner is { } owner && owner != address.Owner)
            {
                yield return $"{address.Text("ipaddress")} is of a range that is {owner.Holder.Name}'s, and belongs to {address.Owner?.Holder.Name}.";
            }
        }
    }
}
