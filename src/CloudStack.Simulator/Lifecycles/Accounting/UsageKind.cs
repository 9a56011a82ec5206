using CloudStack.Simulator.Lifecycles.Compute;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Accounting;

/// <summary>Something that is metered by the time it's there.</summary>
/// <param name="Number">Its number in requests and answers.</param>
/// <param name="Name">Its name in <c>listUsageTypes</c>.</param>
/// <param name="Text">What it is.</param>
/// <param name="Unit">What a quota tariff's value is for.</param>
internal sealed record UsageKind(int Number, string Name, string Text, string Unit)
{
    public const int RunningMachine = 1;
    public const int AllocatedMachine = 2;
    public const int BytesSent = 4;
    public const int BytesReceived = 5;
    private const string PerMonth = "Compute-Month";
    private const string PerGigabyteMonth = "GB-Month";
    private const string PerGigabyte = "GB";
    private const string PerPolicyMonth = "Policy-Month";

    /// <summary>Every kind that the server knows.</summary>
    public static readonly IReadOnlyList<UsageKind> All =
    [
        new(RunningMachine, "RUNNING_VM", "Hours a virtual machine ran", PerMonth),
        new(AllocatedMachine, "ALLOCATED_VM", "Hours a virtual machine existed", PerMonth),
        new(3, "IP_ADDRESS", "Hours a public address was held", "IP-Month"),
        new(BytesSent, "NETWORK_BYTES_SENT", "Bytes that a network sent", PerGigabyte),
        new(BytesReceived, "NETWORK_BYTES_RECEIVED", "Bytes that a network received", PerGigabyte),
        new(6, "VOLUME", "Hours a volume existed", PerGigabyteMonth),
        new(7, "TEMPLATE", "Hours a template existed", PerGigabyteMonth),
        new(8, "ISO", "Hours an ISO existed", PerGigabyteMonth),
        new(9, "SNAPSHOT", "Hours a snapshot existed", PerGigabyteMonth),
        new(10, "SECURITY_GROUP", "Hours a security group existed", PerMonth),
        new(11, "LOAD_BALANCER_POLICY", "Hours a load balancer rule existed", PerPolicyMonth),
        new(12, "PORT_FORWARDING_RULE", "Hours a port forwarding rule existed", PerPolicyMonth),
        new(13, "NETWORK_OFFERING", "Hours a network offering was used", PerPolicyMonth),
        new(14, "VPN_USERS", "Hours a VPN user existed", PerPolicyMonth),
        new(21, "VM_DISK_IO_READ", "Reads of a disk", "IO"),
        new(22, "VM_DISK_IO_WRITE", "Writes of a disk", "IO"),
        new(23, "VM_DISK_BYTES_READ", "Bytes read from a disk", PerGigabyte),
        new(24, "VM_DISK_BYTES_WRITE", "Bytes written to a disk", PerGigabyte),
        new(25, "VM_SNAPSHOT", "Hours a machine snapshot existed", PerGigabyteMonth),
        new(26, "VOLUME_SECONDARY", "Hours a volume lay on secondary storage", PerGigabyteMonth),
        new(27, "VM_SNAPSHOT_ON_PRIMARY", "Hours a machine snapshot lay on primary storage", PerGigabyteMonth),
        new(28, "BACKUP", "Hours a backup existed", PerGigabyteMonth),
        new(29, "BUCKET", "Hours a bucket existed", PerGigabyteMonth),
        new(30, "NETWORK", "Hours a network existed", PerMonth),
        new(31, "VPC", "Hours a VPC existed", PerMonth),
    ];

    private static readonly Dictionary<string, int> ByClass = new(StringComparer.Ordinal)
    {
        [ResultClass.VirtualMachine] = AllocatedMachine, [ResultClass.IpAddress] = 3, [ResultClass.Volume] = 6,
        [ResultClass.Snapshot] = 9, ["SecurityGroupResponse"] = 10, [ResultClass.LoadBalancer] = 11, [ResultClass.FirewallRule] = 12,
        ["VpnUsersResponse"] = 14, [ResultClass.VmSnapshot] = 25, ["BackupResponse"] = 28, ["BucketResponse"] = 29,
        [ResultClass.Network] = 30, ["VpcResponse"] = 31,
    };

    /// <summary>The classes of metered objects.</summary>
    public static IEnumerable<string> Classes => ByClass.Keys.Append(ResultClass.Template);

    public bool IsTraffic => Number is BytesSent or BytesReceived;

    public static UsageKind? Find(long number) => All.FirstOrDefault(kind => kind.Number == number);

    /// <summary>What an object is metered as all the time that it's there, or null.</summary>
    public static UsageKind? Of(Entity entity) => entity.Class.Name == ResultClass.Template
        ? Find(entity.Text("format") == "ISO" ? 8 : 7)
        : ByClass.TryGetValue(entity.Class.Name, out var number) ? Find(number) : null;

    /// <summary>True for a machine whose running is metered now.</summary>
    public static bool IsRunning(Entity machine) => machine.State is MachineState.Running or MachineState.Migrating;

    /// <summary>The bytes that a metered object takes; 0 for what has no size.</summary>
    public static long SizeOf(Entity entity) => entity.Class.Name switch
    {
        ResultClass.Volume or ResultClass.Template or "BackupResponse" or "BucketResponse" => entity.Number("size"),
        ResultClass.Snapshot => entity.Number("physicalsize"),
        _ => 0,
    };
}
