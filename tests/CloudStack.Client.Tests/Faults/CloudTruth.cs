using CloudStack.Simulator;
using CloudStack.Simulator.Tests.Support;

namespace CloudStack.Client.Tests.Faults;

/// <summary>How the cloud really is, asked past the faults by a caller that shares no code with the client.</summary>
/// <param name="Machines">Each machine's state, display name and tag keys, by name; two of one name are listed as such.</param>
/// <param name="IdByName">The machines' identifiers.</param>
/// <param name="Users">The login names.</param>
internal sealed record CloudTruth(
    IReadOnlyDictionary<string, string> Machines, IReadOnlyDictionary<string, string> IdByName, IReadOnlyList<string> Users)
{
    public IEnumerable<string> Ids => IdByName.Values;

    public static async Task<CloudTruth> ReadAsync(SimulatedCloud cloud)
    {
        var root = SignedCaller.Root(cloud);
        var machines = (await root.CallAsync("listVirtualMachines", ("listall", "true"))).Items;
        var users = (await root.CallAsync("listUsers", ("listall", "true"))).Items;
        return new CloudTruth(
            machines.GroupBy(machine => machine.GetProperty("name").GetString()!)
                .ToDictionary(same => same.Key, same => string.Join(" and ", same.Select(Describe))),
            machines.DistinctBy(machine => machine.GetProperty("name").GetString()).ToDictionary(
                machine => machine.GetProperty("name").GetString()!, machine => machine.GetProperty("id").GetString()!),
            [.. users.Select(user => user.GetProperty("username").GetString()!)]);
    }

    public string? Of(string machine) => Machines.GetValueOrDefault(machine);

    private static string Describe(System.Text.Json.JsonElement machine)
    {
        var tags = machine.TryGetProperty("tags", out var all) ? all.EnumerateArray().Select(tag => tag.GetProperty("key").GetString()) : [];
        return $"{machine.GetProperty("state")} '{machine.GetProperty("displayname")}' {string.Join(',', tags.Order())}";
    }
}
