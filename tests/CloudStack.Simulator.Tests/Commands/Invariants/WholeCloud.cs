using CloudStack.Simulator.Lifecycles.Compute;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Tests.Commands.Invariants;

/// <summary>What must hold for objects of every kind: nothing points to what is gone, and what limits count is what exists.</summary>
internal static class WholeCloud
{
    // A diary tells of what is gone, and so do copies and bills that outlive what they were made of.
    private static readonly HashSet<(string Class, string Field)> Outliving =
    [
        ("SnapshotResponse", "volumeid"), ("BackupResponse", "virtualmachineid"), ("UserVmResponse", "templateid"), ("UserVmResponse", "userid"),
        ("UserVmResponse", "serviceofferingid"), ("VolumeResponse", "templateid"), ("VolumeResponse", "serviceofferingid"),
        ("VolumeResponse", "diskofferingid"), ("VolumeResponse", "snapshotid"), ("TemplateResponse", "sourcetemplateid"),
        ("KubernetesClusterResponse", "templateid"),
    ];

    private static readonly HashSet<string> Diaries = ["AsyncJobResponse", "EventResponse", "WebhookDeliveryResponse", "UsageRecordResponse"];

    public static IEnumerable<string> Problems(CloudStore store) => GoneReferences(store).Concat(GoneParts(store)).Concat(MiscountedAmounts(store));

    private static IEnumerable<string> GoneReferences(CloudStore store) =>
        from table in store.Tables
        where !Diaries.Contains(table.Class.Name)
        let fields = table.Class.Fields.Select((field, i) => (field.Name, Position: i))
            .Where(field => field.Name.EndsWith("id", StringComparison.Ordinal) && !Outliving.Contains((table.Class.Name, field.Name))).ToList()
        from entity in table
        from field in fields
        where entity.Read(field.Position) is string id && Guid.TryParseExact(id, "D", out _) && store.Find(id) is null
        select $"{entity} points by {field.Name} to {entity.Read(field.Position)}, which is gone.";

    private static IEnumerable<string> GoneParts(CloudStore store) =>
        from table in store.Tables
        where !Diaries.Contains(table.Class.Name)
        from entity in table
        from i in Enumerable.Range(0, table.Class.Fields.Count)
        from part in entity.Read(i) as IReadOnlyList<Entity> ?? []
        where part.Table is null && store.Tables.Any(kept => kept.Class.Name == part.Class.Name && kept.Count > 0)
        select $"{entity} holds in {table.Class.Fields[i].Name} the {part}, which is gone.";

    private static IEnumerable<string> MiscountedAmounts(CloudStore store)
    {
        foreach (var holder in store.Table("AccountResponse").Concat(store.Table("ProjectResponse")).Concat(store.Table("DomainResponse")))
        {
            foreach (var (field, amount) in Amounts(store, entity => IsOf(entity, holder)))
            {
                if (holder.Class.Has(field) && holder.Text(field) != $"{amount}")
                {
                    yield return $"{holder} shows {field} {holder.Text(field)}, there is {amount}.";
                }
            }
        }
    }

    // Counted here in a way of its own, from what lists show.
    private static IEnumerable<(string Field, long Amount)> Amounts(CloudStore store, Func<Entity, bool> isOf)
    {
        var machines = store.Table("UserVmResponse").Where(isOf).Where(m => m.State is not (MachineState.Destroyed or MachineState.Error)).ToList();
        yield return ("vmtotal", machines.Count);
        yield return ("cputotal", machines.Sum(machine => machine.Number("cpunumber")));
        yield return ("memorytotal", machines.Sum(machine => machine.Number("memory")));
        yield return ("volumetotal", store.Table("VolumeResponse").Count(isOf));
        yield return ("primarystoragetotal", store.Table("VolumeResponse").Where(isOf).Sum(volume => volume.Number("size")) >> 30);
        yield return ("snapshottotal", store.Table("SnapshotResponse").Count(isOf));
        yield return ("iptotal", store.Table("IPAddressResponse").Count(isOf));
        yield return ("networktotal", store.Table("NetworkResponse").Count(isOf));
        yield return ("vpctotal", store.Table("VpcResponse").Count(isOf));
        yield return ("templatetotal", store.Table("TemplateResponse").Count(isOf));
        yield return ("backuptotal", store.Table("BackupResponse").Count(isOf));
        yield return ("buckettotal", store.Table("BucketResponse").Count(isOf));
    }

    private static bool IsOf(Entity entity, Entity holder) => holder.Class.Name switch
    {
        "AccountResponse" => entity.Owner?.Account == holder,
        "ProjectResponse" => entity.Owner?.Project == holder,
        _ => entity.Owner is { } owner && IsWithin(owner.Domain, holder),
    };

    private static bool IsWithin(Entity domain, Entity above) =>
        (domain.Text("path") + "/").StartsWith(above.Text("path") + "/", StringComparison.Ordinal);
}
