using Cloud.Core.Catalog;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Generic;

/// <summary>Fills the fields of plain objects from arguments of the same names.</summary>
internal static class GenericFields
{
    private static readonly Dictionary<string, string> StateAfter = new(StringComparer.Ordinal)
    {
        ["enable"] = "Enabled",
        ["disable"] = "Disabled",
        ["start"] = "Running",
        ["stop"] = "Stopped",
        ["activate"] = "Active",
        ["suspend"] = "Suspended",
        ["archive"] = "Archived",
    };

    public static bool HasOwner(EntityClass entityClass) =>
        entityClass.Has("account") || entityClass.Has("projectid") || entityClass.Has("domainid");

    /// <summary>Fills a new object.</summary>
    public static void Fill(CommandCall call, Entity entity)
    {
        entity.TrySet("created", call.State.Clock.GetUtcNow());
        SetArguments(call, entity);
        if (entity.Class.Has("state") && entity.State is null)
        {
            entity.TrySet("state", "Enabled");
        }
    }

    /// <summary>Changes an object.</summary>
    public static void Change(CommandCall call, Entity entity)
    {
        SetArguments(call, entity);
        if (StateAfter.TryGetValue(Words.Verb(call.Command.Name), out var state))
        {
            entity.TrySet("state", state);
        }
    }

    /// <summary>Shows one object's fields in another of a different class.</summary>
    public static void Copy(Entity? from, Entity to)
    {
        foreach (var field in from?.Class.Fields ?? [])
        {
            if (from![field.Name] is { } value)
            {
                to.TrySet(field.Name, value);
            }
        }
    }

    private static void SetArguments(CommandCall call, Entity entity)
    {
        foreach (var (name, value) in call.Arguments)
        {
            if (name == "id" || entity.Class.FindField(name) is not { } field)
            {
                continue;
            }

            if (field.Type == FieldType.Map || value is IReadOnlyList<IReadOnlyDictionary<string, string>>)
            {
                entity.TrySet(name, field.Type == FieldType.Map ? call.Map(name) : null);
                continue;
            }

            entity.TrySet(name, value);
            SetNameOf(call, entity, name);
        }
    }

    /// <summary>Beside <c>zoneid</c> stands <c>zonename</c>, beside <c>projectid</c> stands <c>project</c>.</summary>
    private static void SetNameOf(CommandCall call, Entity entity, string name)
    {
        if (!name.EndsWith("id", StringComparison.Ordinal)
            || call.Command.FindParameter(name) is not { Type: ParameterType.Uuid, Entity: not null }
            || call.Find(name) is not { } other || !other.Class.Has("name"))
        {
            return;
        }

        var stem = name[..^2];
        var field = entity.Class.Has(stem + "name") ? stem + "name" : stem;
        if (entity.Class.FindField(field) is { Type: FieldType.String })
        {
            entity.TrySet(field, other.Link("name"));
        }
    }
}
