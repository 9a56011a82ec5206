namespace CloudStack.Simulator.Store;

/// <summary>Fields that only root administrators get to see (protocol note, section 4.3): where things physically are.</summary>
internal static class RestrictedFields
{
    private static readonly Dictionary<string, string[]> ByClass = new(StringComparer.Ordinal)
    {
        [ResultClass.VirtualMachine] = ["hostid", "hostname", "hostcontrolstate", "instancename"],
        [ResultClass.Nic] = ["broadcasturi", "isolationuri"],
        [ResultClass.Volume] =
            ["path", "chaininfo", "storage", "storageid", "clusterid", "clustername", "podid", "podname"],
        [ResultClass.Network] = ["broadcasturi", "vlan"],
        [ResultClass.IpAddress] = ["vlanid", "vlanname"],
        [ResultClass.Zone] = ["dns1", "dns2", "ip6dns1", "ip6dns2", "internaldns1", "internaldns2", "vlan", "guestcidraddress"],
    };

    public static bool Includes(string className, string field) =>
        ByClass.TryGetValue(className, out var fields) && fields.Contains(field);
}
