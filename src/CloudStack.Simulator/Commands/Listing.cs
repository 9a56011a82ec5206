using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Commands;

/// <summary>
/// What a list answers: the objects in the caller's scope that meet every argument. An argument named like a field of the
/// object filters by it.
/// </summary>
internal static class Listing
{
    // Arguments that choose the scope, the page or what is shown of each object, and filter nothing by themselves.
    private static readonly HashSet<string> NotFilters = new(StringComparer.Ordinal)
    {
        "account", "domainid", "projectid", "listall", "isrecursive", "page", "pagesize", "details", "showicon", "showcapacities",
        "retrieveonlyresourcecount", "accumulate", "fordisplay", "showunique", "showremoved", "templatefilter", "isofilter",
    };

    private static readonly string[] Worded = ["name", "displayname", "displaytext", "description", "username", "ipaddress", "value", "cmd"];

    /// <summary>Lists a class's objects.</summary>
    /// <param name="call">The call.</param>
    /// <param name="className">The class.</param>
    /// <param name="where">A further rule, or null.</param>
    /// <param name="handled">Arguments that <paramref name="where"/> looks after.</param>
    public static Answer Of(CommandCall call, string className, Func<Entity, bool>? where = null, params string[] handled)
    {
        var table = call.State.Table(className);
        var scope = Scope.Of(call);
        if (!table.IsRuledByOwner || call.Has("id"))
        {
            return Answer.List(Filter(call, table, scope, where, handled));
        }

        var tests = Tests(call, table, where, handled);
        return tests.Count == 0 ? new TableAnswer(table, scope) : Answer.List(Meeting(tests, table.Of(scope)));
    }

    /// <summary>Keeps what is in a scope and meets the arguments.</summary>
    public static IEnumerable<Entity> Filter(
        CommandCall call, EntityTable table, Func<Entity, bool> scope, Func<Entity, bool>? where = null, params string[] handled)
    {
        IEnumerable<Entity> candidates = call.Text("id") is { } id && !handled.Contains("id") ? One(table.Find(id)) : table;
        return Meeting(Tests(call, table, where, handled), candidates.Where(scope));
    }

    private static IEnumerable<Entity> Meeting(List<Func<Entity, bool>> tests, IEnumerable<Entity> candidates) =>
        candidates.Where(entity => tests.TrueForAll(test => test(entity)));

    private static List<Func<Entity, bool>> Tests(CommandCall call, EntityTable table, Func<Entity, bool>? where, string[] handled)
    {
        var tests = new List<Func<Entity, bool>>();
        foreach (var (name, value) in call.Arguments)
        {
            if (!handled.Contains(name) && Test(call, table.Class, name, value) is { } test)
            {
                tests.Add(test);
            }
        }

        if (where is not null)
        {
            tests.Add(where);
        }

        return tests;
    }

    private static Entity[] One(Entity? entity) => entity is null ? [] : [entity];

    private static Func<Entity, bool>? Test(CommandCall call, EntityClass entityClass, string name, object value)
    {
        switch (name)
        {
            case "id":
                return entity => entity.Id == (value as string ?? FieldValue.TextOf(value));
            case "ids" when value is IReadOnlyList<string> ids:
                return entity => ids.Contains(entity.Id);
            case "keyword" when value is string { Length: > 0 } word:
                return entity => Array.Exists(Worded, field => Contains(entity.Text(field), word));
            case "name" when value is string part && entityClass.Name == ResultClass.VirtualMachine:
                return entity => Contains(entity.Name, part);
            case "zoneid" when value is string zone && entityClass.Has(name):
                // What names no zone, such as most offerings, is for every zone.
                return entity => entity.Text(name) is not { Length: > 0 } own || own == zone;
            case "tags":
                return HasTags(call.Map("tags"));
            case "startdate" when value is DateTimeOffset from && entityClass.Has("created"):
                return entity => entity["created"] is DateTimeOffset created && created >= from;
            case "enddate" when value is DateTimeOffset to && entityClass.Has("created"):
                return entity => entity["created"] is DateTimeOffset created && created <= to;
            default:
                return NotFilters.Contains(name) || !entityClass.Has(name) ? null : FieldEquals(name, value);
        }
    }

    private static Func<Entity, bool>? FieldEquals(string name, object value) => value switch
    {
        bool flag => entity => entity.Flag(name) == flag,
        "" => null,
        string text => entity => string.Equals(entity.Text(name), text, StringComparison.OrdinalIgnoreCase),
        long number => entity => entity.Text(name) == FieldValue.TextOf(number),
        IReadOnlyList<string> texts => entity => texts.Contains(entity.Text(name)),
        _ => null,
    };

    private static Func<Entity, bool> HasTags(IReadOnlyDictionary<string, string> wanted) => entity =>
    {
        var tags = entity.Class.Has("tags") ? entity.Items("tags") : [];
        return wanted.All(pair => tags.Any(tag => tag.Text("key") == pair.Key && tag.Text("value") == pair.Value));
    };

    private static bool Contains(string? text, string part) =>
        text?.Contains(part, StringComparison.OrdinalIgnoreCase) == true;
}
