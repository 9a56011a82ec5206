using Cloud.Core.Objects;

namespace CloudStack.PowerShell.Commands.Helpers.Inventory;

/// <summary>One kind of object in an inventory.</summary>
/// <param name="Kind">What the objects are, such as VirtualMachine.</param>
/// <param name="Title">What people call them together.</param>
/// <param name="Columns">What is told about each.</param>
/// <param name="Rows">The values, in the order of the columns: texts without control characters, numbers, or null.</param>
internal sealed record InventoryTable(
    string Kind, string Title, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows)
{
    /// <summary>Gives a column's values.</summary>
    public IEnumerable<object?> Values(string column)
    {
        var position = Columns.ToList().IndexOf(column);
        return Rows.Select(row => row[position]);
    }
}

/// <summary>Which list an inventory's table comes from, and what it tells.</summary>
/// <param name="Kind">What the objects are.</param>
/// <param name="Title">What people call them together.</param>
/// <param name="Command">The API command that lists them.</param>
/// <param name="Columns">The columns, each with how it's read.</param>
internal sealed record InventorySource(
    string Kind, string Title, string Command, IReadOnlyList<(string Label, Func<CloudObject, object?> Read)> Columns)
{
    private const int LongestValue = 500;
    private const double Gigabyte = 1L << 30;

    /// <summary>Machines, networks and volumes.</summary>
    public static IReadOnlyList<InventorySource> All { get; } =
    [
        new("VirtualMachine", "Virtual machines", "listVirtualMachines",
        [
            .. Common(), ("Offering", Text("serviceofferingname")), ("Cpus", Number("cpunumber")), ("MemoryMB", Number("memory")),
            ("IpAddress", AddressOf), ("Host", Text("hostname")), ("Template", Text("templatename")), .. Ends(),
        ]),
        new("Network", "Networks", "listNetworks",
        [
            .. Common(), ("Type", Text("type")), ("Cidr", Text("cidr")), ("Vpc", Text("vpcname")), ("Offering", Text("networkofferingname")), .. Ends(),
        ]),
        new("Volume", "Volumes", "listVolumes",
        [
            .. Common(), ("Type", Text("type")), ("SizeGB", row => row.GetNumber("size") is { } size ? Math.Round(size / Gigabyte, 1) : null),
            ("VirtualMachine", Text("vmname")), ("Offering", Text("diskofferingname")), ("Storage", Text("storage")), .. Ends(),
        ]),
    ];

    /// <summary>Makes the table.</summary>
    /// <param name="rows">The listed objects, each with the name of the cloud it's in.</param>
    public InventoryTable Table(IEnumerable<(string Cloud, CloudObject Row)> rows) => new(
        Kind,
        Title,
        [.. Columns.Select(column => column.Label), "Cloud"],
        [.. rows.Select(row => (IReadOnlyList<object?>)[.. Columns.Select(column => column.Read(row.Row)), row.Cloud])]);

    private static (string, Func<CloudObject, object?>)[] Common() =>
    [
        ("Name", row => Clean(row.GetText("displayname") is { Length: > 0 } shown && row.GetText("name") is not { Length: > 0 } ? shown : row.GetText("name"))),
        ("State", Text("state")), ("Zone", Text("zonename")), ("Account", Text("account")), ("Domain", Text("domainpath")), ("Project", Text("project")),
    ];

    private static (string, Func<CloudObject, object?>)[] Ends() => [("Created", Text("created")), ("Id", Text("id"))];

    private static Func<CloudObject, object?> Text(string field) => row => Clean(row.GetText(field));

    private static Func<CloudObject, object?> Number(string field) => row => row.GetNumber(field);

    private static string? AddressOf(CloudObject machine) =>
        Clean(machine.GetObjects("nic", json => new CloudObject(json)) is [var nic, ..] ? nic.GetText("ipaddress") : null);

    private static string? Clean(string? text) => text is null ? null : ShownText.Of(text, LongestValue);
}
